package io.vperf.annotations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WithoutAgentTest {

    @Test
    @SuppressWarnings("try") // the region is not used
    void shouldLetBlocksRunAndThrowAsIfThereWereNoRegion() {
        IllegalStateException thrown = new IllegalStateException();
        assertThatThrownBy(() -> {
                    try (Region outer = Region.begin("outer");
                            Region inner = Region.begin("inner")) {
                        throw thrown;
                    }
                })
                .isSameAs(thrown)
                .hasNoSuppressedExceptions();
    }

    @Test
    void shouldBearAnyUse() {
        Region nameless = Region.begin(null);
        Region region = Region.begin("");
        nameless.close();
        region.close();
        region.close();
        assertThat(region).isNotSameAs(nameless);
    }

    @Test
    void shouldReadTheMonotonicClockInMicroseconds() {
        long beforeNs = System.nanoTime();
        long realUsec = Vperf.realUsec();
        long afterNs = System.nanoTime();
        assertThat(realUsec).isBetween(Math.floorDiv(beforeNs, 1000L), Math.floorDiv(afterNs, 1000L));
    }

    @Test
    void shouldNotKnowCpuTime() {
        assertThat(Vperf.virtualUsec()).isEqualTo(Vperf.UNKNOWN);
    }
}
