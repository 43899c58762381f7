package io.vperf.counters;

import io.vperf.shim.KnownWork;
import io.vperf.shim.PerfEvent;

/**
 * What a counter has to say of {@link CounterTrial}'s work if it counts true: of its turns, of which the instructions are known,
 * and of all the rest, of which it is known that some events must come up.
 *
 * @param leastOfTurns of the loop
 * @param mostOfTurns of the loop; {@link Long#MAX_VALUE} where nobody can say
 * @param leastOfRest of steps without order, fresh memory and sleeps; 0 where none need come up
 * @param what is counted, for a person
 */
record Expected(long leastOfTurns, long mostOfTurns, long leastOfRest, String what) {

    /** Each interrupt counts as an instruction on some processors, and what calls the loop is not free. */
    private static final double SLACK = 1.02;

    /** No processor retires as many instructions in a cycle. */
    private static final int MOST_INSTRUCTIONS_A_CYCLE = 16;

    /** Half of the branches are guessed wrong; the guess is a coin, and the kernel's share is missing. */
    private static final int STEPS_A_MISS = 20;

    // enum perf_hw_id
    private static final int CYCLES = 0;
    private static final int INSTRUCTIONS = 1;
    private static final int CACHE_REFERENCES = 2;
    private static final int BRANCHES = 4;
    private static final int BRANCH_MISSES = 5;
    private static final int BUS_CYCLES = 6;
    private static final int REF_CYCLES = 9;

    // enum perf_hw_cache_id, _op_id << 8, _op_result_id << 16
    private static final int L1D_LOADS = 0;
    private static final int L1D_LOAD_MISSES = 0x1_0000;

    // enum perf_sw_ids
    private static final int CPU_CLOCK = 0;
    private static final int TASK_CLOCK = 1;
    private static final int PAGE_FAULTS = 2;
    private static final int CONTEXT_SWITCHES = 3;
    private static final int MINOR_FAULTS = 5;

    static Expected of(PerfEvent event) {
        long config = event.config();
        if (event.type() == PerfEvent.HARDWARE) {
            return hardware(event, (int) config);
        }
        if (event.type() == PerfEvent.CACHE) {
            return config == L1D_LOADS && event.user()
                    ? rest(CounterTrial.STEPS)
                    : rest(config == L1D_LOADS || config == L1D_LOAD_MISSES ? 1 : 0);
        }
        if (event.type() == PerfEvent.SOFTWARE) {
            return software((int) config);
        }
        return rest(0);
    }

    private static Expected hardware(PerfEvent event, int config) {
        long instructions = CounterTrial.TURNS * KnownWork.INSTRUCTIONS_A_TURN;
        return switch (config) {
            case INSTRUCTIONS -> turns(event, instructions, "instructions");
            case BRANCHES -> turns(event, CounterTrial.TURNS * KnownWork.BRANCHES_A_TURN, "branches");
            case CYCLES, REF_CYCLES ->
                new Expected(event.user() ? instructions / MOST_INSTRUCTIONS_A_CYCLE : 0, Long.MAX_VALUE, 1, "cycles");
            case BRANCH_MISSES -> rest(event.user() ? CounterTrial.STEPS / STEPS_A_MISS : 1);
            case CACHE_REFERENCES, BUS_CYCLES -> rest(1);
            default -> rest(0);
        };
    }

    /** Of the kernel's own nobody knows how many there are. */
    private static Expected turns(PerfEvent event, long count, String what) {
        if (!event.user()) {
            return rest(1);
        }
        return new Expected(count, event.kernel() ? Long.MAX_VALUE : Math.round(count * SLACK), 1, what);
    }

    private static Expected software(int config) {
        return switch (config) {
            case CPU_CLOCK, TASK_CLOCK -> new Expected(1, Long.MAX_VALUE, 1, "nanoseconds");
            case PAGE_FAULTS, MINOR_FAULTS -> rest(1); // that of huge pages, where the kernel takes one
            case CONTEXT_SWITCHES -> rest(CounterTrial.SLEEPS);
            default -> rest(0);
        };
    }

    private static Expected rest(long least) {
        return new Expected(0, Long.MAX_VALUE, least, "events");
    }

    boolean isMet(long ofTurns, long ofRest) {
        return ofTurns >= leastOfTurns && ofTurns <= mostOfTurns && ofRest >= leastOfRest;
    }

    /** Whether there is anything that a wrong counter would be found out by. */
    boolean isAny() {
        return leastOfTurns > 0 || leastOfRest > 0;
    }
}
