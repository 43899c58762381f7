package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.bootstrap.ProbeHandler;
import io.vperf.clock.FakeClocks;
import io.vperf.clock.SwitchingClocks;
import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import io.vperf.lock.BriefLock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A class loaded inside a probe has the JVM call other agents' transformers there, whose methods may be measured. */
class ReentrantProbeTest {

    private final TestHealth health = new TestHealth();
    private final MethodTable table = new MethodTable(100, health.health());
    private final FakeClocks clocks = new FakeClocks(0);
    private final List<@Nullable Object> inside = new ArrayList<>();
    private boolean calling;
    private final Recording recording = new Recording(table, clocks, clocks.cpu(), health.health(), 50, 100, 0);
    private final ProbeHandler probe = recording.probeHandler();
    private final int id = table.register("m");

    @BeforeEach
    void askByMeasuredCode() {
        clocks.whenAsked(() -> {
            if (calling) {
                calling = false;
                inside.add(probe.enter(id));
                calling = true;
            }
        });
    }

    @Test
    void shouldRefuseAndCountCallsBegunInsideAProbe() {
        Object before = probe.enter(id);
        calling = true;
        Object frame = probe.enter(id);
        calling = false;
        probe.exit(frame, null);
        probe.exit(before, null);

        assertThat(inside).containsExactly((Object) null);
        assertThat(health.health().total(Trouble.INSIDE_PROBE)).isEqualTo(1);
        MethodInterval m =
                recording.take(0, null, fromNs -> Long.MAX_VALUE).methods().get(0);
        assertThat(m.calls()).isEqualTo(2);
    }

    @Test
    void shouldMeasureTheThreadsNextCalls() {
        calling = true;
        probe.exit(probe.enter(id), null);
        calling = false;
        probe.exit(probe.enter(id), null);

        assertThat(recording
                        .take(0, null, fromNs -> Long.MAX_VALUE)
                        .methods()
                        .get(0)
                        .calls())
                .isEqualTo(2);
    }

    /** Folding loads classes, the first time in a run and where a histogram grows. */
    @Test
    @Timeout(60)
    void shouldRefuseCallsWhileAFullJournalIsFolded() throws InterruptedException {
        SwitchingClocks switching = new SwitchingClocks();
        Recording plain = new Recording(table, switching, switching.cpu(), health.health(), 50_000, 100, 0);
        ProbeHandler plainProbe = plain.probeHandler();
        AtomicReference<@Nullable ThreadFrames> frames = new AtomicReference<>();
        MethodStats stats = table.get(id);
        Thread caller = new Thread(() -> {
            for (int i = 0; i < 1_000; i++) {
                Frame f = (Frame) Objects.requireNonNull(plainProbe.enter(id));
                frames.set(f.thread);
                plainProbe.exit(f, null);
            }
        });

        stats.lock.lock();
        try {
            caller.start();
            while (!isWaiting(caller)) {
                Thread.sleep(1);
            }
            assertThat(Objects.requireNonNull(frames.get()).inProbe).isTrue();
        } finally {
            stats.lock.held = false;
            stats.lock.wake();
        }
        caller.join();

        assertThat(plain.take(0, null, fromNs -> Long.MAX_VALUE)
                        .methods()
                        .get(0)
                        .calls())
                .isEqualTo(1_000);
    }

    private static boolean isWaiting(Thread caller) {
        return Arrays.stream(caller.getStackTrace())
                .anyMatch(e -> e.getClassName().equals(BriefLock.class.getName())
                        && e.getMethodName().equals("await"));
    }
}
