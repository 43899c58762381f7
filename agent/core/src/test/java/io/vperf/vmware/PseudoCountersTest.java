package io.vperf.vmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vperf.cli.Cli;
import io.vperf.shim.Capability;
import io.vperf.shim.Natives;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PseudoCountersTest {

    /** What {@code java -jar vperf.jar try-pseudo-counters} does, with the classes of this test. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) {
            System.exit(Cli.run(arguments));
        }
    }

    private static Capability<String> tryHere() {
        return ChildTrial.run(
                List.of("-cp", System.getProperty("java.class.path"), Child.class.getName(), ChildTrial.COMMAND));
    }

    /** Here the process that tries dies of it; this one lives on. */
    @Test
    void shouldLetAnotherProcessDieOfIt() {
        Natives natives = ((Capability.Available<Natives>) GuestMachine.natives()).value();
        assumeTrue(natives.cpuid() instanceof Capability.Available, "only x86-64 has RDPMC");
        assumeTrue(!GuestMachine.isVmware(), "VMware may let them be read");

        assertThat(tryHere())
                .isInstanceOfSatisfying(
                        Capability.Unavailable.class,
                        not -> assertThat(not.reason())
                                .startsWith("reading them ended the process that tried (exit status "));
    }

    @Test
    void shouldTellSuccessFromSilence() {
        assertThat(ChildTrial.verdict(0, ChildTrial.PASSED)).isInstanceOf(Capability.Available.class);
        assertThat(ChildTrial.verdict(0, "")).isInstanceOf(Capability.Unavailable.class);
        assertThat(ChildTrial.verdict(134, ChildTrial.PASSED)).isInstanceOf(Capability.Unavailable.class);
        assertThat(ChildTrial.verdict(1, "Unrecognized VM option 'X'\nbye"))
                .isEqualTo(Capability.unavailable(
                        "the process that was to try to read them failed (exit status 1: Unrecognized VM option 'X' bye)",
                        ""));
    }

    @Test
    void shouldNotEvenTryWhereThereIsNoVmware() {
        AtomicInteger tries = new AtomicInteger();
        Capability<PseudoCounters> opened = PseudoCounters.open(
                GuestMachine.natives(),
                Capability.available(false),
                () -> Capability.available("try " + tries.incrementAndGet()));

        assertThat(opened).isEqualTo(Capability.unavailable("CPUID says that this is no VMware virtual machine", ""));
        assertThat(tries).hasValue(0);
    }

    @Test
    void shouldNotReadWhereTheTrialFailed() {
        assertThat(PseudoCounters.open(
                        GuestMachine.natives(),
                        Capability.available(true),
                        () -> Capability.unavailable("it died", "do not")))
                .isEqualTo(Capability.unavailable("it died", "do not"));
    }
}
