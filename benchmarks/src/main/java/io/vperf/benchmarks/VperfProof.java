package io.vperf.benchmarks;

import java.util.List;

/**
 * The dump of vperf holds every call, in the counts and in the histograms, and its CPU time where that was asked for; the
 * clocks are those asked for; nothing was dropped or went wrong.
 *
 * @param methods how many were called
 * @param cpuKnown whether CPU time is to be known of every call, or of none
 * @param clocks as the dump's head must name them, each {@code wall=NAME}, {@code cpu=NAME} or {@code vcpu=NAME}; those
 *     not named may be any
 * @param counters that must be known of every call
 */
record VperfProof(int methods, boolean cpuKnown, List<String> clocks, List<String> counters) implements Proof {

    /** Any of these would have made the row cheaper than it is. */
    private static final List<String> LOSSES = List.of(
            "suppressedErrors",
            "lostFrames",
            "stackFull",
            "insideProbe",
            "regionsUnnamed",
            "tooDeep",
            "cpuRefused",
            "clockBackwards",
            "methodsTooMany",
            "methodsTooHuge",
            "methodsLeftOut",
            "classesFailed",
            "dumpsFailed",
            "dumpsDropped");

    /** One method, with CPU time by whatever clock. */
    static VperfProof oneMethod() {
        return new VperfProof(1, true, List.of(), List.of());
    }

    VperfProof clocks(String... names) {
        return new VperfProof(methods, cpuKnown, List.of(names), counters);
    }

    VperfProof withoutCpu() {
        return new VperfProof(methods, false, clocks, counters);
    }

    VperfProof counters(String... names) {
        return new VperfProof(methods, cpuKnown, clocks, List.of(names));
    }

    @Override
    public String check(Trial trial) throws UnprovenException {
        VperfDump dump = VperfDump.read(VperfDump.file(trial.folder()));
        for (String loss : LOSSES) {
            if (dump.health(loss) != 0) {
                throw new UnprovenException(loss + " is " + dump.health(loss));
            }
        }
        String all = CountProof.equal(dump.sum(name -> true, "calls"), trial.calls());
        same("values in the histograms of wall time", dump.histogramCount("wall"), trial.calls());
        same("methods", dump.methods(name -> true), methods);
        same("calls without CPU time", dump.sum(name -> true, "cpuUnknownCalls"), cpuKnown ? 0 : trial.calls());
        same("values in the histograms of CPU time", dump.histogramCount("cpu"), cpuKnown ? trial.calls() : 0);
        if (cpuKnown && dump.sum(name -> true, "cpuNs") <= 0) {
            throw new UnprovenException("the sum of CPU time is 0");
        }
        for (String counter : counters) {
            same("values in the histograms of " + counter, dump.histogramCount("counter." + counter), trial.calls());
        }
        String wall = dump.clock("wall");
        String cpu = dump.clock("cpu");
        for (String clock : clocks) {
            String reading = clock.substring(0, clock.indexOf('='));
            if (!clock.equals(reading + "=" + dump.clock(reading))) {
                throw new UnprovenException(clock + " was asked for, and " + dump.clock(reading) + " is used");
            }
        }
        return all + ", wall by " + wall + ", cpu by " + cpu;
    }

    private static void same(String what, long found, long expected) throws UnprovenException {
        if (found != expected) {
            throw new UnprovenException(found + " " + what + " in place of " + expected);
        }
    }
}
