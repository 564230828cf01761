package dev.tern.quic.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A method that the interface gains, and that is not handed on, would be lost without a word. */
class ForwardingControllerTest {
    static Stream<Method> methods() {
        return Arrays.stream(CongestionController.class.getMethods());
    }

    @ParameterizedTest
    @MethodSource("methods")
    void shouldHandOnEachCall(Method method) throws ReflectiveOperationException {
        List<Method> heard = new ArrayList<>();
        CongestionController listener =
                (CongestionController)
                        Proxy.newProxyInstance(
                                CongestionController.class.getClassLoader(),
                                new Class<?>[] {CongestionController.class},
                                (proxy, called, arguments) -> {
                                    heard.add(called);
                                    return anyOf(called.getReturnType());
                                });

        Object[] arguments =
                Arrays.stream(method.getParameterTypes())
                        .map(ForwardingControllerTest::anyOf)
                        .toArray();
        method.invoke(new ForwardingController(listener), arguments);

        assertThat(heard).containsExactly(method);
    }

    private static Object anyOf(Class<?> type) {
        if (type == int.class) {
            return 1;
        }
        if (type == long.class) {
            return 1L;
        }
        if (type == double.class) {
            return 1.0;
        }
        return type == boolean.class ? true : null;
    }
}
