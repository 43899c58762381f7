package io.vperf.clock;

import io.vperf.clock.ReadingCost.Readings;
import io.vperf.config.WallSource;
import io.vperf.health.Health;
import io.vperf.health.Log;
import io.vperf.shim.Capability;
import io.vperf.shim.Natives;
import io.vperf.shim.Shim;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Chooses the run's wall clock and tells what it costs, once, at start, on one thread. Made early and asked late, so that
 * HotSpot compiles the readings meanwhile; together they take 4 to 8 ms, and some 10 more where the counter is taken.
 */
public final class WallClocks {

    /**
     * The clock to use.
     *
     * @param name of its source, for the run header
     * @param counter what speaks for the time counter, or why it is not used
     * @param costNs of a reading; empty where a start on this machine could not tell
     */
    public record Choice(WallClock clock, String name, Capability<String> counter, OptionalLong costNs) {}

    /** Less is within what two measurements of one clock differ by. */
    private static final double CHEAPER = 0.9;

    private static final long FIRST_NS = 3_000_000;
    private static final long MOST_NS = 5_000_000;

    private final WallSource wanted;
    private final Capability<Natives> natives;
    private final Readings[] kinds;
    private final StartCost costs;

    /** Begins to measure what there is to choose from. */
    public WallClocks(WallSource wanted, Capability<Natives> natives) {
        this.wanted = wanted;
        this.natives = natives;
        Readings nanoTime = ClockReadings.wall(System::nanoTime);
        kinds = wanted == WallSource.AUTO && shim() instanceof Capability.Available<Shim> shim
                ? new Readings[] {nanoTime, counter(shim.value())}
                : new Readings[] {nanoTime};
        costs = new StartCost(kinds.length);
        costs.measure(FIRST_NS, kinds);
    }

    private Capability<Shim> shim() {
        return natives.then(Natives::shim);
    }

    /**
     * The time counter if it is guaranteed, the vCPUs count alike, and it is wanted or measured to be cheaper;
     * {@link System#nanoTime()} otherwise.
     *
     * @param guarantee as {@code io.vperf.platform.CounterGuarantee} tells it
     */
    public Choice choose(Capability<String> guarantee, Health health, Log log) {
        if (wanted != WallSource.TSC) {
            costs.measure(MOST_NS, kinds);
        }
        Capability<Choice> counted = wanted == WallSource.NANOTIME
                ? Capability.unavailable("switched off by wall=nanotime", "remove wall=nanotime")
                : guarantee.then(by -> shim().then(shim -> (wanted == WallSource.TSC
                                ? Capability.available(by)
                                : cheaper(by))
                        .then(why -> natives.then(n -> counted(shim, n, why, health, log)))));
        if (counted instanceof Capability.Available<Choice> there) {
            return there.value();
        }
        Capability.Unavailable<Choice> not = (Capability.Unavailable<Choice>) counted;
        if (wanted == WallSource.TSC) {
            log.info("wall=tsc is refused, System.nanoTime() is used: " + not.reason());
            costs.measure(MOST_NS, kinds);
        }
        return new Choice(
                System::nanoTime,
                "System.nanoTime",
                Capability.unavailable(not.reason(), not.remedy()),
                costs.roundedNs(0));
    }

    /** In doubt it is not. */
    private Capability<String> cheaper(String guarantee) {
        if (!costs.isSettled()) {
            return Capability.unavailable(
                    "whether it is cheaper than System.nanoTime() could not be told at a start as busy as this one",
                    "wall=tsc takes it all the same");
        }
        String figures =
                "measured " + tenths(costs.ns(1)) + " ns against " + tenths(costs.ns(0)) + " ns of System.nanoTime()";
        return costs.ratio(1, 0) < CHEAPER
                ? Capability.available(guarantee + ", " + figures)
                : Capability.unavailable(figures + ": not cheaper", "wall=tsc takes it all the same");
    }

    /** Not by String.format, which loads the locale's data: 15 ms of a start. */
    private static String tenths(double ns) {
        long tenths = Math.round(ns * 10);
        return tenths / 10 + "." + tenths % 10;
    }

    private static Readings counter(Shim shim) {
        return count -> {
            long sum = 0;
            for (int i = 0; i < count; i++) {
                sum += shim.vperf_tsc();
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
            return Capability.available(new Choice(
                    clock,
                    "time counter",
                    Capability.available(guarantee + ", " + compared),
                    ClockReadings.costNs(ClockReadings.wall(clock))));
        });
    }
}
