package io.vperf.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.clock.ThreadClock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SplitSumsTest {

    private static final long MOST_NS = 1_000_000_000;

    static WallSplit split(long runningNs, long stolenNs, long blockedNs) {
        return new WallSplit(
                Map.of(Part.RUNNING, runningNs, Part.STOLEN, stolenNs, Part.BLOCKED, blockedNs), null, null);
    }

    private static CallSplit any(Random random, long wallNs) {
        CallSplit call = new CallSplit();
        call.begin(wallNs);
        for (Part part : Part.values()) {
            call.take(part, random.nextLong(2 * MOST_NS) - MOST_NS / 4);
        }
        call.take(Part.BLOCKED, call.leftNs());
        call.setBlockedWhileStolenNs(random.nextInt(100));
        call.setPausedNs(random.nextInt(100));
        return call;
    }

    @Property(tries = 100)
    void shouldAddUpToTheWallTimeOfAllCalls(@ForAll Random random, @ForAll boolean running, @ForAll boolean excludes) {
        SplitSums sums = new SplitSums();
        for (int interval = 0; interval < 2; interval++) {
            Map<Part, Long> truth = new EnumMap<>(Part.class);
            Part charged = running ? Part.RUNNING : Part.RUNNING_OR_STOLEN;
            long wallsNs = 0;
            long blockedWhileStolenNs = 0;
            for (int i = 0; i < 50; i++) {
                long wallNs = random.nextLong(MOST_NS);
                long cpuNs = random.nextLong(wallNs + MOST_NS / 100);
                long onCpuNs = Math.min(wallNs, cpuNs);
                long weight = random.nextInt(4) == 0 ? 1 + random.nextInt(64) : 1;
                switch (random.nextInt(5)) {
                    case 0 -> {
                        CallSplit call = any(random, wallNs);
                        sums.add(call, weight);
                        for (Part part : Part.values()) {
                            truth.merge(part, call.ns(part) * weight, Long::sum);
                        }
                        blockedWhileStolenNs += call.blockedWhileStolenNs() * weight;
                    }
                    case 1 -> {
                        sums.addShort(wallNs, cpuNs, weight);
                        truth.merge(charged, onCpuNs * weight, Long::sum);
                        truth.merge(Part.OFF_CPU, (wallNs - onCpuNs) * weight, Long::sum);
                    }
                    case 2 -> {
                        sums.addUncorrected(wallNs, cpuNs, weight);
                        truth.merge(excludes ? Part.RUNNING : Part.RUNNING_OR_STOLEN, onCpuNs * weight, Long::sum);
                        truth.merge(Part.OFF_CPU, (wallNs - onCpuNs) * weight, Long::sum);
                    }
                    case 3 -> {
                        weight = 1;
                        sums.addRunning(wallNs);
                        truth.merge(charged, wallNs, Long::sum);
                    }
                    default -> {
                        sums.addUnknown(wallNs, weight);
                        truth.merge(Part.UNKNOWN, wallNs * weight, Long::sum);
                    }
                }
                wallsNs += wallNs * weight;
            }
            WallSplit taken = sums.take(running, excludes);
            assertThat(taken.wallNs()).isEqualTo(wallsNs);
            for (Part part : Part.values()) {
                assertThat(taken.ns(part)).as(part.key()).isEqualTo(truth.getOrDefault(part, 0L));
            }
            assertThat(taken.blockedWhileStolenNs()).isEqualTo(blockedWhileStolenNs);
        }
    }

    @Test
    void shouldNotKnowTheOverlayOfAllWhereThatOfOneIsUnknown() {
        SplitSums sums = new SplitSums();
        CallSplit known = any(new Random(1), 100);
        CallSplit unknown = any(new Random(2), 100);
        unknown.setBlockedWhileStolenNs(ThreadClock.UNKNOWN);
        sums.add(unknown, 1);
        sums.add(known, 1);

        WallSplit taken = sums.take(true, true);
        assertThat(taken.blockedWhileStolenNs()).isNull();
        assertThat(taken.pausedNs()).isEqualTo(known.pausedNs() + unknown.pausedNs());

        sums.add(known, 3);
        assertThat(sums.take(true, true).blockedWhileStolenNs())
                .as("in the next interval")
                .isEqualTo(3 * known.blockedWhileStolenNs());
    }

    @Property(tries = 200)
    void shouldKeepTheSumWhenAddedUpOrDoubted(@ForAll Random random, @ForAll boolean excludes) {
        WallSplit one = any(random, random.nextLong(MOST_NS)).toWallSplit();
        WallSplit other = any(random, random.nextLong(MOST_NS)).toWallSplit();

        WallSplit both = one.plus(other);
        assertThat(both.wallNs()).isEqualTo(one.wallNs() + other.wallNs());
        for (Part part : Part.values()) {
            assertThat(both.ns(part)).as(part.key()).isEqualTo(one.ns(part) + other.ns(part));
        }
        WallSplit doubted = one.withoutSteal(excludes);
        assertThat(doubted.wallNs()).isEqualTo(one.wallNs());
        assertThat(doubted.ns(Part.STOLEN)).isZero();
        assertThat(doubted.ns(Part.RUN_DELAY)).isEqualTo(one.ns(Part.RUN_DELAY));
        assertThat(doubted.parts().values()).allSatisfy(ns -> assertThat(ns).isNotNegative());
        assertThat(doubted.blockedWhileStolenNs()).as("nobody knows when").isNull();
    }

    /** What surely ran still did, and what may have been stolen is not said to be anything else. */
    @Test
    void shouldDoubtWhatRestsOnTheStealCounters() {
        WallSplit excludes = split(50, 10, 40).withoutSteal(true);
        assertThat(excludes.ns(Part.RUNNING)).isEqualTo(50);
        assertThat(excludes.ns(Part.OFF_CPU)).isEqualTo(50);

        WallSplit includes = split(50, 10, 40).withoutSteal(false);
        assertThat(includes.ns(Part.RUNNING_OR_STOLEN)).isEqualTo(60);
        assertThat(includes.ns(Part.BLOCKED)).isEqualTo(40);
    }

    @Test
    void shouldNotKnowTheOverlayOfBothWhereThatOfOneIsUnknown() {
        WallSplit known = new WallSplit(Map.of(Part.BLOCKED, 5L), 2L, 3L);
        assertThat(known.plus(known)).isEqualTo(new WallSplit(Map.of(Part.BLOCKED, 10L), 4L, 6L));
        assertThat(known.plus(new WallSplit(Map.of(), null, 1L)))
                .isEqualTo(new WallSplit(Map.of(Part.BLOCKED, 5L), null, 4L));
    }
}
