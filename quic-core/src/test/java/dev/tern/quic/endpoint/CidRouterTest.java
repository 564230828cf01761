package dev.tern.quic.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tern.quic.wire.ConnectionId;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

class CidRouterTest {
    private final CidRouter<String> router = new CidRouter<>(42);

    private static byte[] bytes(int id) {
        return new byte[] {(byte) 0xe3, (byte) (id >> 8), (byte) id, 7};
    }

    private static ConnectionId id(int id) {
        return ConnectionId.of(bytes(id));
    }

    private String lookUp(int id) {
        return router.get(bytes(id), 0, 4);
    }

    @Test
    void shouldNotTakeAnIdAwayFromItsOwner() {
        router.put(id(1), "first");
        router.put(id(1), "second");
        router.remove(id(1), "second");

        assertThat(lookUp(1)).isEqualTo("first");
    }

    @Test
    void shouldForgetAnIdForItsOwner() {
        router.put(id(1), "first");
        router.remove(id(1), "first");

        assertThat(lookUp(1)).isNull();
        assertThat(router.size()).isZero();
    }

    @Property(tries = 200)
    void shouldBehaveAsAMap(
            @ForAll @Size(max = 300) List<@IntRange(min = -200, max = 200) Integer> operations) {
        Map<Integer, String> model = new HashMap<>();
        CidRouter<String> table = new CidRouter<>(operations.size());

        for (int operation : operations) {
            int number = Math.abs(operation);
            String owner = ("owner of " + number).intern(); // identity counts
            if (operation >= 0) {
                table.put(id(number), owner);
                model.putIfAbsent(number, owner);
            } else {
                table.remove(id(number), owner);
                model.remove(number);
            }
        }

        assertThat(table.size()).isEqualTo(model.size());
        for (int number = 0; number <= 200; number++) {
            assertThat(table.get(bytes(number), 0, 4)).isEqualTo(model.get(number));
        }
    }
}
