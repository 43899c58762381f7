package io.vperf.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.clock.ThreadClock;
import io.vperf.health.TestHealth;
import io.vperf.platform.KernelKind;
import io.vperf.steal.LongCall;
import io.vperf.steal.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** What holds of every explanation, whatever the sources say and however little they agree. */
class ExplainerPropertyTest {

    private static final long UNKNOWN = ThreadClock.UNKNOWN;
    private static final long MOST_NS = 1_000_000_000;
    private static final int THREADS = 3;
    private static final int MOST_DEPTH = 5;

    private static @Nullable Path folder;

    @BeforeContainer
    static void makeFolder() throws IOException {
        folder = Files.createTempDirectory("vperf-explain");
    }

    @AfterContainer
    static void deleteFolder() throws IOException {
        Path root = Objects.requireNonNull(folder);
        Files.deleteIfExists(root.resolve("0/cpu.stat"));
        Files.deleteIfExists(root.resolve("0"));
        Files.delete(root);
    }

    private static long upTo(Random random, long ns) {
        return random.nextInt(4) == 0 ? 0 : random.nextLong(ns + 1);
    }

    /** Known, unknown, or what one counter misbehaved about; not always possible. */
    private static @Nullable Verdict verdict(Random random, long wallNs) {
        return switch (random.nextInt(5)) {
            case 0 -> null;
            case 1 -> new Verdict(Verdict.Kind.TAINTED, 0, 0, 0, 0);
            case 2 -> new Verdict(Verdict.Kind.UNKNOWN_SHARE, 0, 0, 0, 0);
            default -> {
                long stolenNs = upTo(random, wallNs + wallNs / 100);
                yield new Verdict(Verdict.Kind.CORRECTED, stolenNs, upTo(random, stolenNs), 0, wallNs);
            }
        };
    }

    private static OffCpu off(Random random, long wallNs) {
        return new OffCpu(
                upTo(random, 2 * wallNs),
                upTo(random, 2 * wallNs),
                upTo(random, 2 * wallNs),
                upTo(random, 2 * wallNs),
                random.nextBoolean(),
                upTo(random, wallNs));
    }

    private static LongCall call(Random random, long thread, int depth, long entryNs, long exitNs) {
        long wallNs = exitNs - entryNs;
        long cpuNs = random.nextInt(6) == 0 ? UNKNOWN : upTo(random, wallNs + 1_000);
        long waitedNs = random.nextInt(3) == 0 ? UNKNOWN : upTo(random, wallNs + 1_000);
        return new LongCall(
                thread,
                0,
                false,
                depth,
                entryNs,
                exitNs,
                cpuNs,
                0,
                0,
                waitedNs,
                waitedNs == UNKNOWN ? UNKNOWN : upTo(random, waitedNs));
    }

    private static void assertPartition(CallSplit split, LongCall call) {
        long sumNs = 0;
        for (Part part : Part.values()) {
            assertThat(split.ns(part)).as("%s of %s", part, call).isNotNegative();
            sumNs += split.ns(part);
        }
        assertThat(sumNs).as("parts of %s", call).isEqualTo(call.wallNs());
        assertThat(split.toWallSplit().wallNs()).isEqualTo(call.wallNs());
        long blockedNs = split.ns(Part.MONITOR) + split.ns(Part.WAITING) + split.ns(Part.BLOCKED);
        if (split.blockedWhileStolenNs() != UNKNOWN) {
            assertThat(split.blockedWhileStolenNs()).isBetween(0L, blockedNs);
        }
    }

    @Property(tries = 1_000)
    void shouldPartTheWallTimeOfAnyCall(@ForAll Random random, @ForAll KernelKind kind) {
        Explainer explainer = new Explainer(null);
        long wallNs = random.nextLong(MOST_NS);
        LongCall call = call(random, 1, 0, MOST_NS, MOST_NS + wallNs);
        Verdict verdict = verdict(random, wallNs);
        OffCpu off = off(random, wallNs);
        long meanwhileNs = random.nextBoolean() ? UNKNOWN : upTo(random, 2 * wallNs);

        CallSplit split = Alone.explain(explainer, call, verdict, kind, off, meanwhileNs);

        assertPartition(split, call);
        boolean known = verdict != null && verdict.kind() == Verdict.Kind.CORRECTED;
        long stolenNs = known && verdict != null ? Math.min(wallNs, verdict.stolenNs()) : 0;
        assertThat(split.ns(Part.STOLEN)).isEqualTo(stolenNs);
        if (call.cpuNs() == UNKNOWN) {
            assertThat(split.ns(Part.UNKNOWN)).isEqualTo(wallNs - stolenNs);
            return;
        }
        assertThat(split.ns(Part.UNKNOWN)).isZero();
        assertThat(split.ns(Part.THROTTLED)).as("nobody can tell").isZero();
        boolean excludes = kind == KernelKind.EXCLUDES;
        assertThat(split.ns(known || excludes ? Part.RUNNING_OR_STOLEN : Part.RUNNING))
                .isZero();
        long ranNs = split.ns(Part.RUNNING) + split.ns(Part.RUNNING_OR_STOLEN);
        long onCpuStolenNs = known && verdict != null && !excludes ? verdict.onCpuNs() : 0;
        assertThat(ranNs).isEqualTo(Math.max(0, Math.min(call.cpuNs() - onCpuStolenNs, wallNs - stolenNs)));
        assertThat(split.ns(Part.RUN_DELAY)).isLessThanOrEqualTo(off.runDelayNs());
        assertThat(split.ns(Part.MONITOR)).isLessThanOrEqualTo(off.monitorNs());
        assertThat(split.ns(Part.WAITING)).isLessThanOrEqualTo(off.waitingNs());
        if (excludes && !known) {
            assertThat(split.ns(Part.BLOCKED)).as("it may have been stolen").isZero();
        }
    }

    /** A call in progress, and what its callees, and theirs, have been given. */
    private static final class Open {

        final long entryNs;
        long ofCalleesNs;

        Open(long entryNs) {
            this.entryNs = entryNs;
        }
    }

    /** Threads that call and return, on a machine that is throttled now and then; what they say need not agree. */
    @Property(tries = 60)
    void shouldThrottleCallsByNoMoreThanWasCounted(@ForAll Random random, @ForAll KernelKind kind) {
        FakeThrottles counters = new FakeThrottles(Objects.requireNonNull(folder), 1, 1);
        long nowNs = 1;
        Explainer explainer = new Explainer(counters.throttles(new TestHealth().health(), nowNs));
        List<Deque<Open>> stacks = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            stacks.add(new ArrayDeque<>());
        }
        long countedNs = 0;
        long outermostNs = 0;
        for (int step = 0; step < 400; step++) {
            nowNs += 1 + random.nextInt(1_000_000);
            if (random.nextInt(6) == 0) {
                long grownNs = random.nextInt(3_000_000);
                counters.grow(0, grownNs);
                countedNs += grownNs;
                explainer.sample(nowNs);
                continue;
            }
            int thread = random.nextInt(THREADS);
            Deque<Open> stack = stacks.get(thread);
            if (stack.isEmpty() || (stack.size() < MOST_DEPTH && random.nextInt(2) == 0)) {
                stack.push(new Open(nowNs));
                continue;
            }
            Open ended = stack.pop();
            LongCall call = call(random, thread, stack.size(), ended.entryNs, nowNs);
            CallSplit split = Alone.explain(
                    explainer, call, verdict(random, call.wallNs()), kind, off(random, call.wallNs()), UNKNOWN);
            assertPartition(split, call);
            long throttledNs = split.ns(Part.THROTTLED);
            long delayNs = throttledNs + split.ns(Part.RUN_DELAY);
            if (call.cpuNs() == UNKNOWN) {
                assertThat(throttledNs).isZero();
                throttledNs = ended.ofCalleesNs; // still its callers'
            } else {
                assertThat(throttledNs)
                        .as("with what its callees were throttled by, as far as it was delayed")
                        .isGreaterThanOrEqualTo(Math.min(delayNs, ended.ofCalleesNs));
            }
            Open caller = stack.peek();
            if (caller == null) {
                outermostNs += throttledNs;
            } else {
                caller.ofCalleesNs += throttledNs;
            }
        }
        Throttled totals = Objects.requireNonNull(explainer.throttled());
        assertThat(totals.throttledNs()).isEqualTo(countedNs);
        assertThat(totals.attributedNs()).isBetween(0L, countedNs);
        assertThat(outermostNs).as("no moment twice").isLessThanOrEqualTo(totals.attributedNs());
        explainer.close();
    }
}
