package io.vperf.labs.pmu;

import io.vperf.shim.Capability;
import io.vperf.shim.Natives;
import java.io.File;
import java.util.Arrays;
import jnr.ffi.LibraryLoader;

/**
 * Counters of a machine that has some, read by read() and in user space, held against a loop of known length. Ends with the
 * number of what was wrong.
 */
public final class CountersLab {

    private static final int WARM_UP = 30_000;
    private static final int ROUNDS = 30;

    /** 4.4 billion instructions: more than 32 bits hold. */
    private static final long BEYOND_32_BITS = 2_200_000_000L;

    private final Checks checks = new Checks();
    private final Natives natives;
    private final Loop loop;

    private CountersLab(Natives natives, Loop loop) {
        this.natives = natives;
        this.loop = loop;
    }

    /** Arguments: the library of loop.c, then what to try. */
    public static void main(String[] arguments) {
        Natives natives = Probe.value(Natives.load(Natives.defaultFolders()));
        Loop loop = LibraryLoader.create(Loop.class).failImmediately().load(arguments[0]);
        CountersLab lab = new CountersLab(natives, loop);
        for (int i = 1; i < arguments.length; i++) {
            Checks.say("== %s", arguments[i]);
            switch (arguments[i]) {
                case "user-space" -> lab.exact(true, true, "instructions", "cycles");
                case "read" -> lab.exact(false, false, "instructions", "cycles");
                case "user-space-forbidden" -> lab.exact(true, false, "instructions", "cycles");
                case "by-number" -> lab.exact(true, true, lab.processorPmu() + "/inst_retired/", "r11");
                case "beyond-32-bits" -> lab.beyond32Bits();
                case "multiplexed" -> lab.multiplexed();
                case "price" -> lab.price();
                case "no-instructions" -> lab.refused("instructions", "does not count it", "Choose an event");
                case "no-privilege" -> lab.refused("instructions", "EACCES", "kernel.perf_event_paranoid=2");
                default -> throw new IllegalArgumentException(arguments[i]);
            }
        }
        System.exit(lab.checks.failed());
    }

    private Probe open(boolean userSpace, String... names) {
        Probe probe = Probe.value(Probe.open(natives, loop, userSpace, names));
        for (int i = 0; i < WARM_UP; i++) {
            probe.count(i % 2); // compiled both ways
        }
        return probe;
    }

    /** Whatever the kernel's version calls it: armv8_pmuv3, armv8_pmuv3_0, armv8_cortex_a57. */
    private String processorPmu() {
        String[] pmus = new File("/sys/bus/event_source/devices").list((folder, name) -> name.startsWith("armv8"));
        if (pmus == null || pmus.length != 1) {
            throw new IllegalStateException("PMUs of the processor: " + Arrays.toString(pmus));
        }
        return pmus[0];
    }

    private void exact(boolean asked, boolean expected, String instructionsName, String cyclesName) {
        try (Probe probe = open(asked, instructionsName, cyclesName, "page-faults")) {
            checks.that(
                    probe.isReadInUserSpace() == expected,
                    "%s, %s: user space was asked for: %b; it reads: %b; groups: %d",
                    instructionsName,
                    cyclesName,
                    asked,
                    probe.isReadInUserSpace(),
                    probe.groups());
            long[] base = probe.least(1, ROUNDS);
            checks.that(base[0] > 2, "two readings and one iteration: %d instructions, %d cycles", base[0], base[1]);
            for (long n = 10; n <= 10_000_000; n *= 10) {
                long[] counts = probe.least(n, n > 100_000 ? 5 : ROUNDS);
                long instructions = counts[0] - base[0] + 2;
                long cycles = counts[1] - base[1] + 4;
                checks.that(
                        instructions == 2 * n
                                && Math.abs(cycles - 2 * instructions) <= instructions / 100
                                && counts[2] == 0
                                && probe.wasInUserSpace(0) == expected
                                && probe.wasInUserSpace(1) == expected,
                        "%9d iterations: %9d instructions (%+d), %9d cycles, %d page faults",
                        n,
                        instructions,
                        instructions - 2 * n,
                        cycles,
                        counts[2]);
            }
        }
    }

    /** Both ways at once, by two counters of the same thread. */
    private void beyond32Bits() {
        try (Probe inUserSpace = open(true, "instructions");
                Probe byRead = open(false, "instructions")) {
            long base = inUserSpace.least(1, ROUNDS)[0];
            long baseOfRead = byRead.least(1, ROUNDS)[0];
            long counted = inUserSpace.count(BEYOND_32_BITS)[0] - base;
            report("in user space", counted, inUserSpace.wasInUserSpace(0));
            report("by read()", byRead.count(BEYOND_32_BITS)[0] - baseOfRead, !byRead.wasInUserSpace(0));
        }
    }

    private void report(String how, long counted, boolean asMeant) {
        long more = counted - 2 * (BEYOND_32_BITS - 1);
        // A run this long is not free of what the JVM does meanwhile: safepoints, timer ticks' signals.
        checks.that(asMeant && Math.abs(more) < 100_000, "%s: %d instructions (%+d)", how, counted + 2, more);
    }

    /** More events than the processor has counters: groups that take turns, and estimates that say so. */
    private void multiplexed() {
        String[] names = new String[10];
        Arrays.fill(names, "instructions");
        try (Probe probe = open(true, names)) {
            checks.that(probe.groups() == 2, "groups of %d events: %d", names.length, probe.groups());
            long n = 300_000_000;
            long[] counts = probe.count(n);
            for (int event = 0; event < names.length; event++) {
                checks.that(
                        probe.wasScaled(event) && isAbout((double) counts[event], 2 * n),
                        "event %d: %d instructions, scaled: %b",
                        event,
                        counts[event],
                        probe.wasScaled(event));
            }
            int calls = 60;
            int inUserSpace = 0;
            double first = 0;
            double last = 0;
            for (int i = 0; i < calls; i++) {
                counts = probe.count(n / calls);
                inUserSpace += probe.wasInUserSpace(0) || probe.wasInUserSpace(names.length - 1) ? 1 : 0;
                first += counts[0];
                last += counts[names.length - 1];
            }
            checks.that(
                    inUserSpace > 0 && isAbout(first, 2 * n) && isAbout(last, 2 * n),
                    "%d calls, %d of them read in user space at both ends: %.0f and %.0f instructions",
                    calls,
                    inUserSpace,
                    first,
                    last);
        }
    }

    private static boolean isAbout(double estimate, long instructions) {
        return Math.abs(estimate / instructions - 1) < 0.05;
    }

    /** In instructions, user space's and the kernel's together. */
    private void price() {
        String[] both = {"instructions", "cycles"};
        try (Probe outer = open(false, "instructions:ku");
                Probe inUserSpace = open(true, both);
                Probe byRead = open(false, both)) {
            int readings = 10_000;
            long nothing = outer.least(0, ROUNDS)[0];
            long userSpace = (outer.countReadings(inUserSpace, readings) - nothing) / readings;
            long read = (outer.countReadings(byRead, readings) - nothing) / readings;
            checks.that(
                    inUserSpace.isReadInUserSpace() && userSpace < read,
                    "a reading of %d counters: %d instructions in user space, %d by read()",
                    both.length,
                    userSpace,
                    read);
        }
    }

    private void refused(String event, String reason, String remedy) {
        Capability<Probe> opened = Probe.open(natives, loop, true, "page-faults", event);
        checks.that(
                opened instanceof Capability.Unavailable<Probe> refused
                        && refused.reason().contains(reason)
                        && refused.remedy().contains(remedy),
                "%s",
                opened);
    }
}
