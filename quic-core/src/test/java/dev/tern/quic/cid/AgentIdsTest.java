package dev.tern.quic.cid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tern.quic.wire.ConnectionId;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

class AgentIdsTest {
    @Property(tries = 300)
    void shouldNameTheAgentThatMadeThem(
            @ForAll long key,
            @ForAll @IntRange(min = 1, max = AgentIds.MAX_AGENTS) int agents,
            @ForAll @IntRange(min = 0, max = 1000) int choice,
            @ForAll long seed) {
        AgentIds ids = new AgentIds(agents, key);
        int agent = choice % agents;

        byte[] datagram = new byte[20];
        ConnectionId id = ids.mint(agent, new SplittableRandom(seed));
        id.copyTo(datagram, 5);

        assertThat(id.length()).isEqualTo(SelfDescribingId.DIRECT_LENGTH);
        assertThat(SelfDescribingId.isDirect(datagram[5])).isTrue();
        assertThat(ids.agentOf(datagram, 5, id.length())).isEqualTo(agent);
    }

    @Test
    void shouldLookRandomInEveryByteButTheFirst() {
        AgentIds ids = new AgentIds(2, 77);
        SplittableRandom random = new SplittableRandom(1);
        Set<Byte> second = new HashSet<>();
        Set<Byte> third = new HashSet<>();
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[SelfDescribingId.DIRECT_LENGTH];
            ids.mint(0, random).copyTo(bytes, 0);
            second.add(bytes[1]);
            third.add(bytes[2]);
        }

        assertThat(second).hasSize(256);
        assertThat(third).hasSize(256);
    }

    @Test
    void shouldClaimNoIdOfAnotherForm() {
        AgentIds ids = new AgentIds(4, 77);
        byte[] bytes = new byte[20];

        assertThat(ids.agentOf(bytes, 0, 8)).isEqualTo(-1);
        bytes[0] = (byte) 0xe7;
        assertThat(ids.agentOf(bytes, 0, 20)).isEqualTo(-1);
    }

    @Test
    void shouldHardlyEverClaimAnIdThatAnotherSideChose() {
        AgentIds ids = new AgentIds(4, 77);
        SplittableRandom random = new SplittableRandom(3);
        int claimed = 0;
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[SelfDescribingId.DIRECT_LENGTH];
            SelfDescribingId.mintDirect(random).copyTo(bytes, 0);
            claimed += ids.agentOf(bytes, 0, bytes.length) < 0 ? 0 : 1;
        }

        assertThat(claimed).isBetween(1, 100);
    }

    @Test
    void shouldRefuseMoreAgentsThanAByteTells() {
        assertThatThrownBy(() -> new AgentIds(AgentIds.MAX_AGENTS + 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65");
    }
}
