package io.vperf.clock;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.clock.CounterCalibration.OnVcpu;
import io.vperf.shim.Capability;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class CounterCalibrationTest {

    private static OnVcpu on(int vcpu, long ticks, long ns, long widthNs) {
        return new OnVcpu(vcpu, new TickPair(ticks, ns, widthNs));
    }

    private static String reason(OnVcpu... seen) {
        Capability<CounterCalibration> outcome = CounterCalibration.of(List.of(seen));
        assertThat(outcome).isInstanceOf(Capability.Unavailable.class);
        return ((Capability.Unavailable<CounterCalibration>) outcome).reason();
    }

    @Test
    void shouldAcceptVcpusThatCountAlike() {
        OnVcpu first = on(0, 1_000_000, 500_000, 50);
        OnVcpu last = on(0, 21_000_000, 10_500_000, 60);

        assertThat(CounterCalibration.of(List.of(first, on(1, 1_200_000, 600_040, 40), last)))
                .isEqualTo(Capability.available(new CounterCalibration(first.pair(), last.pair(), 2)));
    }

    @Test
    void shouldNameTheVcpuThatIsOff() {
        assertThat(reason(
                        on(0, 1_000_000, 500_000, 50),
                        on(3, 1_202_400, 600_000, 40),
                        on(0, 21_000_000, 10_500_000, 60)))
                .isEqualTo("vCPU 3's counter is 1200 ns off vCPU 0's, of which the readings explain 61");
    }

    @Test
    void shouldNotAccuseWhereTheReadingsAreWide() {
        assertThat(CounterCalibration.of(List.of(
                        on(0, 1_000_000, 500_000, 50),
                        on(3, 1_202_400, 600_000, 3_000),
                        on(0, 21_000_000, 10_500_000, 60))))
                .isInstanceOf(Capability.Available.class);
    }

    @Test
    void shouldRefuseACounterOfNoUse() {
        assertThat(reason(on(0, 1_000, 500_000, 50), on(0, 1_000, 10_500_000, 60)))
                .contains("made 0 steps");
        assertThat(reason(on(0, 1_000, 500_000, 50), on(0, 900, 10_500_000, 60)))
                .contains("made -100 steps");
        assertThat(reason(on(0, 1_000, 500_000, 50), on(0, 11_000, 10_500_000, 60)))
                .isEqualTo("the counter made 10000 steps in 10000000 ns; 16.7 MHz or more are of use");
    }

    @Test
    void shouldVisitFewVcpusOfMany() {
        BitSet allowed = new BitSet();
        allowed.set(1, 4);
        assertThat(VcpuTour.stops(allowed)).containsExactly(1, 2, 3);
        allowed.set(0, 256);
        allowed.clear(7);
        assertThat(VcpuTour.stops(allowed))
                .hasSize(16)
                .startsWith(0)
                .endsWith(255)
                .isSorted()
                .doesNotHaveDuplicates();
    }
}
