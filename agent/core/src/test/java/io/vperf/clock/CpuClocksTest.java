package io.vperf.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vperf.config.CpuSource;
import io.vperf.health.TestHealth;
import io.vperf.shim.Capability;
import io.vperf.shim.Natives;
import io.vperf.shim.PerfPage;
import io.vperf.shim.PerfPages;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which clock is chosen, by the real trial on the real kernel, or on one that is made to look newer. */
class CpuClocksTest {

    private static final String BLIND = "it did not show a block in nanosleep; this kernel shows preemptions only";

    private final Capability<Natives> natives = Natives.load(Natives.defaultFolders());
    private final List<SwitchSign.Source> seen = new ArrayList<>();

    private Natives loaded() {
        assumeTrue(natives instanceof Capability.Available, () -> "no native code: " + natives);
        return ((Capability.Available<Natives>) natives).value();
    }

    private void needsPerfPages() {
        Capability<PerfPage> page = PerfPages.of(loaded()).open();
        assumeTrue(page instanceof Capability.Available, () -> "no perf page: " + page);
        ((Capability.Available<PerfPage>) page).value().close();
    }

    /** The n-th candidates of these, from 0 on, are tried as on a kernel that shows preemptions only. */
    private CpuClocks onNewerKernel(Set<Integer> blind) {
        return new CpuClocks(System::nanoTime, () -> 0, natives, new TestHealth().health(), source -> {
            boolean isBlind = blind.contains(seen.size());
            seen.add(source);
            return new SwitchTrial(loaded()).run(isBlind ? NewerKernelSign.of(loaded(), source) : source);
        });
    }

    private static String name(Capability<CpuClock> chosen) {
        assertThat(chosen).isInstanceOf(Capability.Available.class);
        return ((Capability.Available<CpuClock>) chosen).value().name();
    }

    @Test
    void shouldTakeRseqWhereItShowsEverySwitch() {
        CpuClocks clocks = onNewerKernel(Set.of());

        assertThat(name(clocks.choose(CpuSource.AUTO))).isEqualTo("rseq");
        assertThat(clocks.tried()).containsOnlyKeys("rseq");
        assertThat(clocks.tried().values().toString()).contains("50 of 50 blocks and ", "preemptions seen");
    }

    @Test
    void shouldTakePerfPagesWhereTheyAreAskedFor() {
        needsPerfPages();
        CpuClocks clocks = onNewerKernel(Set.of());

        assertThat(name(clocks.choose(CpuSource.PERF))).isEqualTo("perf page");
        assertThat(clocks.tried()).containsOnlyKeys("perf page");
    }

    @Test
    void shouldRegisterAnewWhereTheKernelShowsPreemptionsOnly() {
        CpuClocks clocks = onNewerKernel(Set.of(0));

        assertThat(name(clocks.choose(CpuSource.AUTO))).isEqualTo("rseq, registered anew");
        assertThat(clocks.tried()).containsEntry("rseq", Capability.unavailable(BLIND, ""));
        assertThat(clocks.tried().keySet()).containsExactly("rseq", "rseq, registered anew");
    }

    @Test
    void shouldTakePerfPagesWhereRseqShowsPreemptionsOnly() {
        needsPerfPages();
        CpuClocks clocks = onNewerKernel(Set.of(0, 1));

        assertThat(name(clocks.choose(CpuSource.AUTO))).isEqualTo("perf page");
        assertThat(clocks.tried().keySet()).containsExactly("rseq", "rseq, registered anew", "perf page");
        assertThat(clocks.tried()).containsEntry("rseq, registered anew", Capability.unavailable(BLIND, ""));
    }

    @Test
    void shouldAskTheKernelWhereNoSignCanBeTrusted() {
        loaded();
        CpuClocks clocks = new CpuClocks(
                System::nanoTime,
                () -> 0,
                natives,
                new TestHealth().health(),
                source -> Capability.unavailable("not today", "tomorrow"));

        assertThat(name(clocks.choose(CpuSource.AUTO))).isEqualTo("clock_gettime");
        assertThat(clocks.tried().keySet())
                .containsExactly("rseq", "rseq, registered anew", "perf page", "clock_gettime");
        assertThat(clocks.choose(CpuSource.RSEQ)).isEqualTo(Capability.unavailable("not today", "tomorrow"));
        assertThat(clocks.choose(CpuSource.PERF)).isEqualTo(Capability.unavailable("not today", "tomorrow"));
    }

    @Test
    void shouldAskTheBeanWhereNoNativeCodeCanBeLoaded() {
        Capability<Natives> none = Capability.unavailable("no folder", "a folder");
        CpuClocks clocks = new CpuClocks(System::nanoTime, () -> -1, none, new TestHealth().health());

        assertThat(name(clocks.choose(CpuSource.AUTO))).isEqualTo("ThreadMXBean");
        for (CpuSource kind : List.of(CpuSource.RSEQ, CpuSource.PERF, CpuSource.SYSCALL)) {
            assertThat(clocks.choose(kind)).isEqualTo(Capability.unavailable("no folder", "a folder"));
        }
    }

    @Test
    void shouldKnowNoCpuTimeIfThatIsAskedFor() {
        CpuClocks clocks = new CpuClocks(System::nanoTime, () -> 3, natives, new TestHealth().health());

        assertThat(clocks.choose(CpuSource.OFF)).isInstanceOf(Capability.Unavailable.class);
        assertThat(clocks.tried()).isEqualTo(Map.of());
        ThreadClock clock = clocks.none().forThisThread();
        assertThat(clock.isCurrent(5)).isTrue();
        assertThat(clock.offsetNs()).isEqualTo(ThreadClock.UNKNOWN);
        assertThat(clock.vcpu()).as("nobody asks for it").isEqualTo(VcpuClock.UNKNOWN);
    }

    /** Were it taken, the clock would be as dear as the system call. */
    @Test
    void shouldRefuseASignThatShowsSwitchesAllTheTime() {
        Capability<String> outcome = new SwitchTrial(loaded())
                .run(() -> Capability.available(
                        new SwitchSign(ByteBuffer.allocateDirect(16).alignedSlice(8), 0, null, () -> {}) {
                            private long looks;

                            @Override
                            long value() {
                                return looks++;
                            }
                        }));

        assertThat(outcome.toString()).contains("it showed a switch at 200 of 200 looks at a thread that ran on");
    }

    @Test
    void shouldRefuseASignWhoseTrialFails() {
        Capability<String> outcome = new SwitchTrial(loaded()).run(() -> {
            throw new IllegalStateException("no sign");
        });

        assertThat(outcome)
                .isEqualTo(Capability.unavailable("its trial failed: java.lang.IllegalStateException: no sign", ""));
    }
}
