package dev.tern.fuzz.plant;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.constant.MethodTypeDesc;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A change to one method of one class.
 *
 * @param className with its package
 * @param method its name; every one of that name is changed
 * @param change what to do to its code; counts where it did something
 */
public record Fault(String className, String method, Change change) {
    /** Makes a transform that counts each place that it changed. */
    public interface Change {
        CodeTransform transform(AtomicInteger places, MethodTypeDesc type);
    }

    /** The method does nothing but answer. */
    static Fault answers(String className, String method, int answer) {
        return body(
                className,
                method,
                (code, type) -> {
                    TypeKind kind = TypeKind.from(type.returnType());
                    switch (kind) {
                        case VOID -> code.return_();
                        case LONG -> code.loadConstant((long) answer).lreturn();
                        default -> code.loadConstant(answer).ireturn();
                    }
                });
    }

    /** The method answers the greatest number there is. */
    static Fault answersNever(String className, String method) {
        return body(className, method, (code, type) -> code.loadConstant(Long.MAX_VALUE).lreturn());
    }

    /** The method does nothing at all. */
    static Fault doesNothing(String className, String method) {
        return answers(className, method, 0);
    }

    /** The method does something else. */
    static Fault does(String className, String method, Consumer<CodeBuilder> code) {
        return body(className, method, (builder, type) -> code.accept(builder));
    }

    private static Fault body(
            String className, String method, BiConsumer<CodeBuilder, MethodTypeDesc> code) {
        return new Fault(
                className,
                method,
                (places, type) ->
                        new CodeTransform() {
                            @Override
                            public void atStart(CodeBuilder builder) {
                                places.incrementAndGet();
                                code.accept(builder, type);
                            }

                            @Override
                            public void accept(CodeBuilder builder, CodeElement element) {}
                        });
    }

    /** The first use of a number in the method is of another one. */
    static Fault takesInstead(String className, String method, long number, long other) {
        return new Fault(
                className,
                method,
                firstOnly(
                        element ->
                                element instanceof ConstantInstruction constant
                                        && constant.constantValue() instanceof Number value
                                        && value.longValue() == number,
                        (builder, element) -> {
                            if (((ConstantInstruction) element).typeKind() == TypeKind.LONG) {
                                builder.loadConstant(other);
                            } else {
                                builder.loadConstant((int) other);
                            }
                        }));
    }

    /**
     * The first comparison of two longs in the method comes out as wished.
     *
     * @param outcome -1, 0 or 1
     */
    static Fault compares(String className, String method, int outcome) {
        return new Fault(
                className,
                method,
                firstOnly(
                        element ->
                                element instanceof OperatorInstruction operator
                                        && operator.opcode() == Opcode.LCMP,
                        (builder, element) -> builder.pop2().pop2().loadConstant(outcome)));
    }

    /** Where the method calls one method it calls another of the same form. */
    static Fault callsInstead(String className, String method, String called, String other) {
        return new Fault(
                className,
                method,
                firstOnly(
                        element -> isCall(element, called),
                        (builder, element) -> {
                            InvokeInstruction call = (InvokeInstruction) element;
                            builder.invoke(
                                    call.opcode(),
                                    call.owner().asSymbol(),
                                    other,
                                    call.typeSymbol(),
                                    call.isInterface());
                        }));
    }

    /** The method does not make a call without arguments or a result. */
    static Fault omitsCall(String className, String method, String called) {
        return new Fault(
                className,
                method,
                firstOnly(element -> isCall(element, called), (builder, element) -> builder.pop()));
    }

    private static boolean isCall(CodeElement element, String called) {
        return element instanceof InvokeInstruction call && call.name().equalsString(called);
    }

    /** The method does not store a number into a field. */
    static Fault omitsStore(String className, String method, String field) {
        return new Fault(
                className,
                method,
                firstOnly(
                        element ->
                                element instanceof FieldInstruction store
                                        && store.opcode() == Opcode.PUTFIELD
                                        && store.name().equalsString(field),
                        (builder, element) -> {
                            boolean wide =
                                    TypeKind.from(((FieldInstruction) element).typeSymbol())
                                                    .slotSize()
                                            == 2;
                            if (wide) {
                                builder.pop2().pop();
                            } else {
                                builder.pop2();
                            }
                        }));
    }

    private interface Where {
        boolean isThere(CodeElement element);
    }

    private static Change firstOnly(Where where, BiConsumer<CodeBuilder, CodeElement> replacement) {
        return (places, type) ->
                (builder, element) -> {
                    boolean here =
                            element instanceof Instruction
                                    && places.get() == 0
                                    && where.isThere(element);
                    if (here) {
                        places.incrementAndGet();
                        replacement.accept(builder, element);
                    } else {
                        builder.with(element);
                    }
                };
    }
}
