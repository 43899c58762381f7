package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.clock.ThreadClock;
import io.vperf.clock.VcpuClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VirtualThreadsTest {

    private final FakeCarriers jdk = new FakeCarriers(2);
    private final FakeCarriers.Virtual virtual = jdk.new Virtual();

    @AfterEach
    void close() {
        jdk.close();
    }

    private void unmount(int carrier) {
        jdk.run(carrier, () -> jdk.virtuals.unmounted(virtual.thread));
    }

    private void mount(int carrier) {
        jdk.run(carrier, () -> jdk.virtuals.mounting(virtual.thread));
    }

    private void use(int carrier, long cpuNs) {
        jdk.run(carrier, () -> jdk.clocks.advance(cpuNs, cpuNs));
    }

    @Test
    void shouldAddUpWhatIsUsedOnEachCarrierAndNothingElse() {
        use(1, 70_000);
        jdk.run(0, virtual::begin);
        use(0, 100);
        unmount(0);
        use(0, 5_000);
        use(1, 9_000);
        mount(1);
        use(1, 30);
        Frame f = jdk.on(1, virtual::end);

        assertThat(virtual.cpuNs(f)).isEqualTo(130);
        assertThat(virtual.account.waitedNs(f)).isEqualTo(14_000);
        assertThat(virtual.account.runDelayNs(f)).isZero();
    }

    @Test
    void shouldTellTheCpuTimeOfCallsThatBeginInDifferentMounts() {
        jdk.run(0, virtual::begin);
        use(0, 100);
        unmount(0);
        mount(1);
        use(1, 20);
        jdk.run(1, virtual::begin);
        use(1, 3);
        unmount(1);
        jdk.clocks.pass(1_000);
        mount(0);
        use(0, 4);
        Frame inner = jdk.on(0, virtual::end);
        assertThat(virtual.cpuNs(inner)).isEqualTo(7);
        assertThat(virtual.account.waitedNs(inner)).isEqualTo(1_000);
        Frame outer = jdk.on(0, virtual::end);

        assertThat(virtual.cpuNs(outer)).isEqualTo(127);
    }

    /** The carrier's clock was behind as it mounted the thread, by less than it may be. */
    @Test
    void shouldNotTakeWhatAMountOverstatedOutOfTheCallsBeforeIt() {
        try (FakeCarriers inexact = new FakeCarriers(2, 1_000)) {
            FakeCarriers.Virtual one = inexact.new Virtual();
            inexact.run(0, () -> {
                one.begin();
                inexact.clocks.advance(100, 100);
                inexact.virtuals.unmounted(one.thread);
            });
            Frame f = inexact.on(1, () -> {
                inexact.clocks.advance(50_000, 50_000);
                inexact.virtuals.mounting(one.thread);
                inexact.clocks.advance(10, -40_000);
                return one.end();
            });

            assertThat(one.cpuNs(f)).isEqualTo(100);
        }
    }

    @Test
    void shouldTellTheVcpuOfTheCarrier() {
        jdk.run(0, () -> jdk.clocks.migrate(3));
        jdk.run(1, () -> jdk.clocks.migrate(5));
        jdk.run(0, virtual::begin);
        unmount(0);
        mount(1);
        Frame f = jdk.on(1, virtual::end);

        assertThat(CallWords.vcpu(f.word)).isEqualTo(3);
        assertThat(virtual.frames.vcpu()).isEqualTo(5);
    }

    @Test
    void shouldRefuseACallWhoseUnmountWasNotSeen() {
        jdk.run(0, virtual::begin);
        use(0, 100);
        mount(1);
        use(1, 100);
        jdk.run(1, virtual::end);

        assertThat(virtual.account.endOffsetNs()).isEqualTo(ThreadClock.UNKNOWN);
        assertThat(virtual.frames.vcpu()).isEqualTo(VcpuClock.UNKNOWN);
    }

    @Test
    void shouldRefuseACallWhoseUnmountWasNotSeenThoughItIsOnTheSameCarrierAgain() {
        jdk.run(0, virtual::begin);
        use(0, 100);
        mount(0);
        use(0, 100);
        Frame f = jdk.on(0, virtual::end);

        assertThat(virtual.account.endOffsetNs()).isEqualTo(ThreadClock.UNKNOWN);
        assertThat(virtual.account.waitedNs(f)).isEqualTo(ThreadClock.UNKNOWN);
    }

    @Test
    void shouldRefuseACallThatEndsOnAnotherCarrierUnseen() {
        jdk.run(0, virtual::begin);
        jdk.run(1, virtual::end);

        assertThat(virtual.account.endOffsetNs()).isEqualTo(ThreadClock.UNKNOWN);
    }

    @Test
    void shouldTellTheNextCallAfterOneThatWasRefused() {
        jdk.run(0, virtual::begin);
        jdk.run(1, virtual::end);
        jdk.run(1, virtual::begin);
        use(1, 8);
        Frame f = jdk.on(1, virtual::end);

        assertThat(virtual.cpuNs(f)).isEqualTo(8);
    }

    @Test
    void shouldRefuseEverythingWhereNoMountIsEverSeen() {
        jdk.virtuals.mountsSeenFrom(0);
        jdk.run(0, virtual::begin);
        jdk.run(0, virtual::end);

        assertThat(virtual.account.endOffsetNs()).isEqualTo(ThreadClock.UNKNOWN);
        jdk.health.health().tellLines();
        assertThat(jdk.health.said()).contains("does not tell when they are mounted");
    }

    @Test
    void shouldRefuseACallInWhichTheClockFailed() {
        jdk.run(0, virtual::begin);
        jdk.run(0, jdk.clocks::forgetCpu);
        unmount(0);
        mount(1);
        jdk.run(1, virtual::end);

        assertThat(virtual.account.endOffsetNs()).isEqualTo(ThreadClock.UNKNOWN);
    }

    @Test
    void shouldLookForNobodyWhileNobodyWaitsInsideACall() {
        mount(0);
        jdk.virtuals.mountsSeenFrom(0);
        jdk.run(0, virtual::begin);
        assertThat(jdk.virtuals.awaited()).isZero();
        unmount(0);
        assertThat(jdk.virtuals.awaited()).isEqualTo(1);
        mount(1);
        assertThat(jdk.virtuals.awaited()).isZero();
        jdk.run(1, virtual::end);
        unmount(1);
        assertThat(jdk.virtuals.awaited()).isZero();
        assertThat(jdk.registry.find(virtual.thread)).isNull();
    }

    @Test
    void shouldLookForAThreadThatBeganUnseenUntilItHasBeenSeen() {
        jdk.run(0, virtual::begin);
        assertThat(jdk.virtuals.awaited()).isEqualTo(1);
        jdk.run(0, virtual::end);
        assertThat(jdk.virtuals.awaited()).isZero();
    }

    @Test
    void shouldForgetAThreadThatNeverRunsAgain() {
        jdk.run(0, virtual::begin);
        unmount(0);
        jdk.registry.sweep(ended -> {}); // it never was alive

        assertThat(jdk.virtuals.awaited()).isZero();
        assertThat(jdk.registry.find(virtual.thread)).isNull();
    }

    @Test
    void shouldKeepTheStateOfOneThreadPerCarrierForItsNextCall() {
        jdk.run(0, virtual::begin);
        jdk.run(0, virtual::end);

        assertThat(jdk.on(0, () -> jdk.virtuals.lastState(virtual.thread))).isSameAs(virtual.frames);
        assertThat(jdk.on(0, () -> jdk.virtuals.lastState(new Thread(() -> {})) == null))
                .isTrue();
        assertThat(jdk.on(1, () -> jdk.virtuals.lastState(virtual.thread) == null))
                .isTrue();
    }

    @Test
    void shouldGiveAThreadBackItsFreedomToMove() {
        jdk.run(0, virtual::begin);
        use(0, 1_000_000);
        jdk.run(0, virtual::end);

        assertThat(jdk.pins()).isZero();
    }
}
