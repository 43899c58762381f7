package io.vperf.timeref;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vperf.config.TimeSource;
import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import io.vperf.shim.Capability;
import io.vperf.shim.Natives;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole of it, but for the agent around it: its thread, real sockets, a server under the test's control. */
@Timeout(120)
class OutsideClockTest {

    private static final Capability<Natives> NATIVES = Natives.load(Natives.defaultFolders());
    private static final long INTERVAL_NS = 200_000_000;

    private final TestHealth health = new TestHealth();
    private final TestServer server = new TestServer();
    private OutsideClock clock = clock(new TimeSource.Server("127.0.0.1", server.port()), NATIVES, Path.of("/"));

    private OutsideClock clock(TimeSource source, Capability<Natives> natives, Path root) {
        return clock(source, natives, INTERVAL_NS, root);
    }

    private OutsideClock clock(TimeSource source, Capability<Natives> natives, long intervalNs, Path root) {
        return OutsideClock.of(source, natives, root, ns -> 0, intervalNs, health.health(), health.log());
    }

    @AfterEach
    void close() {
        clock.close();
        server.close();
    }

    /** Ends intervals as the dumper does until one is as wanted. */
    private OutsideTime await(Predicate<OutsideTime> wanted) throws InterruptedException {
        while (true) {
            Thread.sleep(INTERVAL_NS / 1_000_000);
            OutsideTime said = clock.take();
            if (wanted.test(said)) {
                return said;
            }
        }
    }

    private OutsideTime awaitStretch() throws InterruptedException {
        return await(said -> said.stretch() != null);
    }

    private static Stretch stretch(OutsideTime said) {
        return Objects.requireNonNull(said.stretch());
    }

    /** A pause of the guest looks like this from inside: the outside clock is ahead by as much, the guest's shows nothing. */
    @Test
    void shouldTellForHowLongTheGuestsClockStoodStill() throws InterruptedException {
        clock.start();
        stretch(awaitStretch());
        server.aheadNs = 2_500_000_000L;
        OutsideTime said = await(s -> s.stretch() != null && s.stretch().stoodStillNs() > 0);

        assertThat(stretch(said).stoodStillNs())
                .isCloseTo(2_500_000_000L, within(stretch(said).stoodStillBoundNs()));
        assertThat(stretch(said).ratePpm()).isNull();
        assertThat(said.stops().largest()).isEmpty();
        assertThat(stretch(awaitStretch()).stoodStillNs()).isZero();
    }

    @Test
    void shouldFindNoPauseWhereThereIsNone() throws InterruptedException {
        clock.start();
        for (int i = 0; i < 4; i++) {
            Stretch calm = stretch(awaitStretch());
            assertThat(calm.stoodStillNs()).isZero();
            // Both clocks are this machine's.
            assertThat(Math.abs(Objects.requireNonNull(calm.ratePpm())))
                    .isLessThanOrEqualTo(Objects.requireNonNull(calm.ratePpmBound()) + 600);
        }
    }

    @Test
    void shouldRecogniseARestartOfTheServer() throws InterruptedException {
        clock.start();
        awaitStretch();
        server.id = 78;
        server.aheadNs = -999_000_000_000L;
        OutsideTime said = await(s -> s.unknown() != null && s.unknown().contains("started anew"));

        assertThat(said.stretch()).isNull();
        assertThat(stretch(awaitStretch()).stoodStillNs()).isZero();
    }

    @Test
    void shouldSayThatNoAnswerComesAndGoOnWhenOneDoes() throws InterruptedException {
        clock.start();
        awaitStretch();
        server.behaviour = (request, from) -> {
            // lost
        };
        OutsideTime lost = await(s -> s.unknown() != null && s.unknown().contains("no answer came"));
        assertThat(lost.stretch()).isNull();
        assertThat(health.total(Trouble.SUPPRESSED_ERRORS)).isZero();
        assertThat(health.said()).containsOnlyOnce("no answer came from 127.0.0.1:" + server.port());
        server.behaviour = server::answer;

        // The stretch holds the intervals of which nothing was known.
        assertThat(stretch(awaitStretch()).guestNs()).isGreaterThan(INTERVAL_NS);
    }

    /** As when the disk hangs, and with it the dumper. */
    @Test
    void shouldAskOnceAnIntervalEvenIfNoneEnds() throws InterruptedException {
        long beginNs = System.nanoTime();
        clock.start();
        Thread.sleep(6 * INTERVAL_NS / 1_000_000);
        int requests = server.requests();
        long intervals = (System.nanoTime() - beginNs) / INTERVAL_NS;

        assertThat((long) requests).isBetween(1L, 8 * (intervals + 2));
        assertThat(stretch(awaitStretch()).stoodStillNs()).isZero();
    }

    @Test
    void shouldCountRefusedPackets() throws InterruptedException {
        server.behaviour = (request, from) -> {
            server.send(new byte[Packet.BYTES], from);
            server.answer(request, from);
        };
        clock.start();
        OutsideTime said = awaitStretch();

        assertThat(said.packets().refused()).isPositive();
        assertThat(health.total(Trouble.TIMEREF_REFUSED)).isPositive();
    }

    @Test
    void shouldSayThatOneExchangeIsNotEnough() throws InterruptedException {
        clock = clock(new TimeSource.Server("127.0.0.1", server.port()), NATIVES, 3_600_000_000_000L, Path.of("/"));
        assertThat(clock.take().unknown()).isEqualTo("the first exchange has not ended");
        clock.start();

        assertThat(await(s -> s.packets().answered() > 0).stretch()).isNull();
        assertThat(await(s -> true).unknown()).isEqualTo("there was one exchange only, and it takes two");
    }

    @Test
    void shouldAskARealServer() throws Exception {
        Thread thread;
        try (TimeServer real = TimeServer.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), NATIVES)) {
            thread = new Thread(() -> run(real));
            thread.start();
            clock = clock(new TimeSource.Server("localhost", real.address().getPort()), NATIVES, Path.of("/"));
            clock.start();
            assertThat(stretch(awaitStretch()).stoodStillNs()).isZero();
            assertThat(stretch(awaitStretch()).errorNs()).isPositive();
        }
        thread.join();
    }

    private static void run(TimeServer server) {
        try {
            server.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void shouldWatchNobodyWithoutNativeCode() throws InterruptedException {
        clock = clock(
                new TimeSource.Server("127.0.0.1", server.port()),
                Capability.unavailable("switched off by native=off", "remove native=off"),
                Path.of("/"));
        clock.start();
        OutsideTime said = awaitStretch();

        assertThat(said.stops().unknown())
                .isEqualTo("not watched: switched off by native=off; remedy: remove native=off");
        assertThat(said.stops().largest()).isEmpty();
    }

    @Test
    void shouldSayWhyThereIsNoHostClock(@TempDir Path root) throws Exception {
        Files.createDirectories(root.resolve("sys/class/ptp"));
        clock = clock(new TimeSource.Ptp(), NATIVES, root);
        clock.start();
        OutsideTime said = await(s -> s.unknown() != null && s.unknown().startsWith("there is no PTP device"));

        assertThat(said.reference()).isEqualTo("ptp");
        assertThat(said.unknown()).contains("remedy: On KVM load ptp_kvm");
        assertThat(clock.reference()).isInstanceOf(Capability.Unavailable.class);
        assertThat(health.said())
                .startsWith("vperf: timeref=ptp: outside time is unknown in this run: there is no PTP");
    }
}
