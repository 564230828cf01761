package dev.tern.fuzz.plant;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlantTest {
    private static final int WORLDS = 2000;

    @Test
    void shouldBeFoundEachAndEvery() throws InterruptedException {
        int cores = Runtime.getRuntime().availableProcessors();

        assertThat(PlantHunt.all(Plant.ALL, hunt -> PlantHunt.withHint(hunt, WORLDS), cores))
                .hasSizeGreaterThanOrEqualTo(15)
                .allSatisfy(hunt -> assertThat(hunt.found()).as(hunt.result()).isTrue());
    }
}
