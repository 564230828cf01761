package dev.tern.crypto.ffm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

class NativeBlocksTest {
    private final NativeBlocks blocks = new NativeBlocks(100);

    @Test
    void shouldUseABlockAgainThatWasGivenBack() {
        MemorySegment first = blocks.take();
        blocks.give(first);

        assertThat(blocks.take().address()).isEqualTo(first.address());
    }

    @Test
    void shouldHandOutNoBlockTwice() {
        assertThat(blocks.take().address()).isNotEqualTo(blocks.take().address());
    }

    @Test
    void shouldHandOutNothingOfTheLastUsers() {
        MemorySegment block = blocks.take();
        block.set(ValueLayout.JAVA_BYTE, 99, (byte) 7);
        blocks.give(block);

        assertThat(blocks.take().toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
    }

    @Test
    void shouldAlignForTheWidestVectors() {
        assertThat(blocks.take().address() % 64).isZero();
        assertThat(blocks.take().address() % 64).isZero();
    }
}
