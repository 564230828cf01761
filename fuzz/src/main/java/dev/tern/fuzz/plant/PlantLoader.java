package dev.tern.fuzz.plant;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Loads all of Tern afresh, with a fault in it; everything else comes from where it always does.
 */
final class PlantLoader extends ClassLoader {
    private static final String OURS = "dev.tern.";

    private final ClassLoader source;
    private final List<Fault> faults;

    PlantLoader(Plant plant) {
        super(PlantLoader.class.getClassLoader());
        source = PlantLoader.class.getClassLoader();
        faults = plant.faults();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS) || isShared(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    /** The plants themselves see the world from outside. */
    private static boolean isShared(String name) {
        return name.startsWith(PlantLoader.class.getPackageName() + ".");
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] bytes = read(name);
        for (Fault fault : faults) {
            if (fault.className().equals(name)) {
                bytes = plant(fault, bytes);
            }
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    private byte[] read(String name) throws ClassNotFoundException {
        try (InputStream in = source.getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private byte[] plant(Fault fault, byte[] bytes) {
        AtomicInteger places = new AtomicInteger();
        ClassHierarchyResolver resolver =
                ClassHierarchyResolver.ofResourceParsing(source)
                        .orElse(ClassHierarchyResolver.defaultResolver());
        ClassFile classFile = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(resolver));
        ClassModel model = classFile.parse(bytes);
        byte[] changed =
                classFile.transformClass(
                        model,
                        (builder, element) -> {
                            if (element instanceof MethodModel method
                                    && method.methodName().equalsString(fault.method())
                                    && method.code().isPresent()) {
                                builder.transformMethod(
                                        method,
                                        MethodTransform.transformingCode(
                                                fault.change()
                                                        .transform(
                                                                places,
                                                                method.methodTypeSymbol())));
                            } else {
                                builder.with(element);
                            }
                        });
        if (places.get() == 0) {
            throw new IllegalStateException(
                    "nothing to plant a fault into: "
                            + fault.className()
                            + "."
                            + fault.method()
                            + " has changed; Plant must follow");
        }
        return changed;
    }
}
