package io.vperf.pauses;

import static io.vperf.pauses.PauseAccount.PATIENCE_NS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.health.Log;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Lines and counters as a JVM gives them, each when it pleases. */
class PauseAccountTest {

    private static final long MS = 1_000_000;

    /** The run's wall clock is ahead of System.nanoTime(). */
    private static final long AHEAD_NS = 5_000_000_000L;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private long nowNs = 1_000 * MS;

    private final class Jvm implements PauseLog, PauseCounters {
        private final List<Pause> written = new ArrayList<>();
        private long count = 7;
        private long timeNs = 700;
        private boolean broken;
        private boolean closed;

        /** A pause of so long that ends now. */
        void pauses(long lengthNs, boolean withLine) {
            count++;
            timeNs += lengthNs;
            if (withLine) {
                writes(lengthNs, nowNs);
            }
        }

        void writes(long lengthNs, long endNs) {
            long beginNs = endNs - lengthNs;
            written.add(new Pause(beginNs, beginNs + 1, endNs, endNs, PauseKind.GC, "ZMarkStart"));
        }

        @Override
        public void read(Consumer<Pause> taker) throws IOException {
            if (broken) {
                throw new IOException("broken");
            }
            written.forEach(taker);
            written.clear();
        }

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public long count() {
            return count;
        }

        @Override
        public long timeNs() {
            return timeNs;
        }
    }

    private final Jvm jvm = new Jvm();

    private PauseAccount account(@Nullable PauseLog log, @Nullable PauseCounters counters) {
        return new PauseAccount(
                log,
                counters,
                () -> nowNs + AHEAD_NS,
                new WallOffset(() -> nowNs + AHEAD_NS, () -> nowNs),
                new Log(new PrintStream(said, true, StandardCharsets.UTF_8), Log.Level.INFO),
                16);
    }

    private long afterMs(long ms) {
        nowNs += ms * MS;
        return nowNs + AHEAD_NS;
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void shouldCoverWhatTheCountersConfirm() {
        PauseAccount account = account(jvm, jvm);
        long fromNs = afterMs(0);
        afterMs(10);
        jvm.pauses(3 * MS, true);
        long sampledNs = afterMs(5);
        account.sample();

        assertThat(account.coveredUntilNs()).isEqualTo(sampledNs);
        assertThat(account.overlap(fromNs, sampledNs)).isEqualTo(new Overlap(3 * MS - 1, 3 * MS));
        assertThat(account.overlap(fromNs + 9 * MS, sampledNs)).isEqualTo(new Overlap(MS, MS));
        assertThat(account.overlap(fromNs, sampledNs + 1).isKnown()).isFalse();
        assertThat(account.overlap(fromNs - 1, sampledNs).isKnown()).isFalse();
    }

    @Test
    void shouldWaitForALineThatIsLate() {
        PauseAccount account = account(jvm, jvm);
        long fromNs = afterMs(10);
        jvm.pauses(3 * MS, false);
        long endedNs = nowNs;
        long sampledNs = afterMs(1);
        account.sample();
        assertThat(account.overlap(fromNs, sampledNs).isKnown()).isFalse();

        jvm.writes(3 * MS, endedNs);
        afterMs(100);
        jvm.pauses(2 * MS, false); // and the next one is late already
        afterMs(1);
        account.sample();
        assertThat(account.coveredUntilNs()).isEqualTo(sampledNs);
        assertThat(account.overlap(fromNs - 3 * MS, sampledNs).atMostNs()).isEqualTo(3 * MS);
        assertThat(account.takeInterval().unplacedCount()).isZero();
    }

    @Test
    void shouldBookByTheCountersWhatHasNoLine() {
        PauseAccount account = account(jvm, jvm);
        long fromNs = afterMs(0);
        afterMs(10);
        jvm.pauses(3 * MS, false);
        afterMs(1);
        account.sample();
        long endNs = afterMs(PATIENCE_NS / MS + 1);
        account.sample();
        account.sample();

        PauseInterval interval = account.takeInterval();
        assertThat(interval.count()).isEqualTo(1);
        assertThat(interval.unplacedCount()).isEqualTo(1);
        assertThat(interval.unplacedNs()).isEqualTo(3 * MS);
        assertThat(interval.longest()).isEmpty();
        assertThat(account.overlap(fromNs, endNs)).isEqualTo(new Overlap(3 * MS, 3 * MS));
        assertThat(account.overlap(fromNs, fromNs + 2 * MS)).isEqualTo(new Overlap(0, 2 * MS));
        assertThat(said()).contains("lacks pauses");
    }

    @Test
    void shouldNotBookAPauseTwice() {
        PauseAccount account = account(jvm, jvm);
        afterMs(10);
        jvm.pauses(3 * MS, false);
        long endedNs = nowNs;
        afterMs(1);
        account.sample();
        afterMs(PATIENCE_NS / MS + 1);
        account.sample();
        jvm.writes(3 * MS, endedNs);
        afterMs(10);
        jvm.pauses(2 * MS, true);
        long sampledNs = afterMs(1);
        account.sample();

        PauseInterval interval = account.takeInterval();
        assertThat(interval.count()).isEqualTo(2);
        assertThat(interval.totalNs()).isEqualTo(5 * MS);
        assertThat(account.coveredUntilNs()).isEqualTo(sampledNs);
    }

    @Test
    void shouldCoverToTheSampleBeforeWithoutCounters() {
        PauseAccount account = account(jvm, null);
        long firstNs = afterMs(10);
        account.sample();
        jvm.pauses(3 * MS, true);
        afterMs(10);
        account.sample();

        assertThat(account.coveredUntilNs()).isEqualTo(firstNs);
        assertThat(account.overlap(firstNs - 10 * MS, firstNs).atMostNs()).isEqualTo(3 * MS);
    }

    @Test
    void shouldGoOnByTheCountersWhereTheLogFails() {
        PauseAccount account = account(jvm, jvm);
        jvm.broken = true;
        jvm.pauses(3 * MS, false);
        long sampledNs = afterMs(20);
        account.sample();

        assertThat(jvm.closed).isTrue();
        assertThat(account.coveredUntilNs()).isEqualTo(sampledNs);
        assertThat(account.takeInterval().unplacedNs()).isEqualTo(3 * MS);
        assertThat(said()).contains("given up for this run: broken; of pauses only number and length are known");
    }

    @Test
    void shouldKnowNothingMoreWhereEverythingFails() {
        PauseAccount account = account(jvm, null);
        long fromNs = afterMs(0);
        jvm.broken = true;
        afterMs(20);
        account.sample();
        long sampledNs = afterMs(20);
        account.sample();

        assertThat(account.overlap(fromNs, sampledNs)).isEqualTo(Overlap.UNKNOWN);
        assertThat(said()).contains("pauses are unknown from now on");
    }

    @Test
    void shouldLeaveOutWhatWasBefore() {
        jvm.pauses(3 * MS, true);
        PauseAccount account = account(jvm, jvm);
        long sampledNs = afterMs(20);
        account.sample();

        assertThat(account.takeInterval())
                .isEqualTo(new PauseInterval(sampledNs - 20 * MS, sampledNs, 0, 0, 0, 0, 0, 0, List.of()));
    }

    @Test
    void shouldTellTheLongestOfAnInterval() {
        PauseAccount account = account(jvm, jvm);
        for (long lengthNs : new long[] {5, 1, 9, 3, 7, 2, 8}) {
            afterMs(20);
            jvm.pauses(lengthNs * MS, true);
        }
        afterMs(1);
        account.sample();

        PauseInterval interval = account.takeInterval();
        assertThat(interval.count()).isEqualTo(7);
        assertThat(interval.totalNs()).isEqualTo(35 * MS);
        assertThat(interval.gcCount()).isEqualTo(7);
        assertThat(interval.gcNs()).isEqualTo(35 * MS);
        assertThat(interval.longest())
                .extracting(Pause::lengthNs)
                .containsExactly(9 * MS, 8 * MS, 7 * MS, 5 * MS, 3 * MS);
        assertThat(account.takeInterval().count()).isZero();
    }
}
