package io.vperf.pauses;

import java.util.ArrayList;
import java.util.List;

/** Adds up the pauses of one interval. */
final class PauseTally {

    static final int LONGEST = 5;

    private final List<Pause> longest = new ArrayList<>(LONGEST + 1);
    private long count;
    private long totalNs;
    private long gcCount;
    private long gcNs;
    private long unplacedCount;
    private long unplacedNs;

    void add(Pause pause) {
        count++;
        totalNs += pause.lengthNs();
        if (pause.kind() == PauseKind.GC) {
            gcCount++;
            gcNs += pause.lengthNs();
        }
        if (longest.size() < LONGEST
                || pause.lengthNs() > longest.get(LONGEST - 1).lengthNs()) {
            enter(pause);
        }
    }

    private void enter(Pause pause) {
        int at = longest.size();
        while (at > 0 && longest.get(at - 1).lengthNs() < pause.lengthNs()) {
            at--;
        }
        longest.add(at, pause);
        if (longest.size() > LONGEST) {
            longest.remove(LONGEST);
        }
    }

    void addUnplaced(long howMany, long lengthNs) {
        count += howMany;
        totalNs += lengthNs;
        unplacedCount += howMany;
        unplacedNs += lengthNs;
    }

    PauseInterval interval(long fromNs, long toNs) {
        return new PauseInterval(fromNs, toNs, count, totalNs, gcCount, gcNs, unplacedCount, unplacedNs, longest);
    }
}
