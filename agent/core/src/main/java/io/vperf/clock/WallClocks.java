package io.vperf.clock;

import io.vperf.config.WallSource;
import io.vperf.health.Health;
import io.vperf.health.Log;
import io.vperf.shim.Capability;
import io.vperf.shim.Natives;
import io.vperf.shim.Shim;
import java.util.function.LongSupplier;

/** Chooses the run's wall clock, once, at start; 5 to 30 ms where the counter is guaranteed, nothing where it is not. */
public final class WallClocks {

    /**
     * The clock to use.
     *
     * @param name of its source, for the run header
     * @param counter what speaks for the time counter, or why it is not used
     */
    public record Choice(WallClock clock, String name, Capability<String> counter) {}

    /** Less is within what two measurements of one clock differ by. */
    private static final double CHEAPER = 0.9;

    /** The cheaper of the two is known when neither became cheaper for so long, or after so long in any case. */
    private static final long QUIET_NS = 2_000_000;

    private static final long MOST_NS = 20_000_000;

    private WallClocks() {}

    /**
     * The time counter if it is guaranteed, the vCPUs count alike, and it is wanted or measured to be cheaper;
     * {@link System#nanoTime()} otherwise.
     *
     * @param guarantee as {@code io.vperf.platform.CounterGuarantee} tells it
     */
    public static Choice choose(
            WallSource wanted, Capability<Natives> natives, Capability<String> guarantee, Health health, Log log) {
        if (wanted == WallSource.NANOTIME) {
            return nanoTime(Capability.unavailable("switched off by wall=nanotime", "remove wall=nanotime"));
        }
        Capability<Choice> counted = guarantee.then(by -> natives.then(n -> n.shim()
                .then(shim -> wanted == WallSource.TSC ? Capability.available(by) : cheaper(shim, by))
                .then(why -> n.shim().then(shim -> counted(shim, n, why, health, log)))));
        if (counted instanceof Capability.Available<Choice> there) {
            return there.value();
        }
        Capability.Unavailable<Choice> not = (Capability.Unavailable<Choice>) counted;
        if (wanted == WallSource.TSC) {
            log.info("wall=tsc is refused, System.nanoTime() is used: " + not.reason());
        }
        return nanoTime(Capability.unavailable(not.reason(), not.remedy()));
    }

    private static Capability<String> cheaper(Shim shim, String guarantee) {
        double[] costsNs = ReadingCost.fastestNs(QUIET_NS, MOST_NS, counter(shim), nanoTime());
        String figures =
                "measured " + tenths(costsNs[0]) + " ns against " + tenths(costsNs[1]) + " ns of System.nanoTime()";
        return costsNs[0] < costsNs[1] * CHEAPER
                ? Capability.available(guarantee + ", " + figures)
                : Capability.unavailable(figures + ": not cheaper", "wall=tsc takes it all the same");
    }

    /** Not by String.format, which loads the locale's data: 15 ms of a start. */
    private static String tenths(double ns) {
        long tenths = Math.round(ns * 10);
        return tenths / 10 + "." + tenths % 10;
    }

    private static ReadingCost.Readings counter(Shim shim) {
        return count -> {
            long sum = 0;
            for (int i = 0; i < count; i++) {
                sum += shim.vperf_tsc();
            }
            return sum;
        };
    }

    private static ReadingCost.Readings nanoTime() {
        return count -> {
            long sum = 0;
            for (int i = 0; i < count; i++) {
                sum += System.nanoTime();
            }
            return sum;
        };
    }

    /** The guarantee tried, and the clock made. */
    private static Capability<Choice> counted(Shim shim, Natives natives, String guarantee, Health health, Log log) {
        LongSupplier counter = shim::vperf_tsc;
        return VcpuTour.calibrate(natives, counter).then(calibration -> {
            WallClock clock =
                    new TscClock(counter, System::nanoTime, calibration.start(), calibration.end(), health, log);
            String compared = calibration.vcpus() == 1 ? "one vCPU" : calibration.vcpus() + " vCPUs count alike";
            return Capability.available(
                    new Choice(clock, "time counter", Capability.available(guarantee + ", " + compared)));
        });
    }

    private static Choice nanoTime(Capability<String> counter) {
        return new Choice(System::nanoTime, "System.nanoTime", counter);
    }
}
