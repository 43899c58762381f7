package io.vperf.counters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vperf.config.CounterWay;
import io.vperf.counters.CallCounters.ThreadReader;
import io.vperf.health.TestHealth;
import io.vperf.health.Trouble;
import io.vperf.shim.Capability;
import io.vperf.shim.Natives;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On this machine, with its kernel and its JVM. */
class CounterChoiceTest {

    private static final Path ROOT = Path.of("/");
    private static final int SIZE = 12_345;

    private final TestHealth health = new TestHealth();
    private final Capability<Natives> natives = Natives.load(Natives.defaultFolders());
    private byte[] kept = {};

    private CounterChoice choose(boolean allocations, String... names) {
        return CounterChoice.choose(
                ROOT, List.of(names), CounterWay.AUTO, allocations, natives, System::nanoTime, true, health.health());
    }

    private static Capability.Unavailable<String> missing(CounterChoice choice, String name) {
        assertThat(choice.tried()).containsKey(name);
        return (Capability.Unavailable<String>)
                Objects.requireNonNull(choice.tried().get(name));
    }

    private static String detail(CounterChoice choice, String name) {
        Capability<String> outcome = Objects.requireNonNull(choice.tried().get(name), name);
        assumeTrue(
                !(outcome instanceof Capability.Unavailable<String> not
                        && not.reason().matches(".*(EACCES|EPERM|ENOSYS).*")),
                "perf events are forbidden here");
        return ((Capability.Available<String>) outcome).value();
    }

    @Test
    void shouldHaveNoneWhereNobodyAsks() {
        CounterChoice choice = choose(false);

        assertThat(choice.counters()).isSameAs(CallCounters.NONE);
        assertThat(choice.tried()).isEmpty();
        assertThat(choice.reading()).isEmpty();
    }

    @Test
    void shouldTrySoftwareEventsAgainstWhatTheyMustCount() {
        CounterChoice choice = choose(false, "page-faults", "task-clock", "major-faults");

        assertThat(detail(choice, "page-faults")).matches("tried: [\\d,]+ in work that has at least 1");
        assertThat(detail(choice, "task-clock"))
                .contains(" nanoseconds in a loop of 5,000,000 turns that has at least 1");
        assertThat(detail(choice, "major-faults")).startsWith("unchecked: ").contains("nobody has seen it count right");
        assertThat(choice.counters().names()).containsExactly("page-faults", "task-clock", "major-faults");
        assertThat(choice.reading()).isEqualTo("read()");
        assertThat(choice.readingNs()).isPresent();
    }

    @Test
    void shouldGoOnWithoutWhatTheMachineHasNot() {
        boolean pmu = Files.exists(Path.of("/sys/bus/event_source/devices/cpu"))
                || Files.exists(Path.of("/sys/bus/event_source/devices/armv8_pmuv3"));
        assumeTrue(!pmu, "this machine has hardware counters");
        CounterChoice choice = choose(false, "instructions", "page-faults", "none_such/event/");

        assertThat(missing(choice, "instructions").reason()).contains("ENOENT", "no hardware counters");
        assertThat(missing(choice, "instructions").remedy()).contains("virtual PMU");
        assertThat(missing(choice, "none_such/event/").reason()).contains("none_such");
        assertThat(detail(choice, "page-faults")).startsWith("tried: ");
        assertThat(choice.counters().names()).containsExactly("page-faults");
    }

    @Test
    void shouldSayThatSoftwareEventsHaveNoPage() {
        CounterChoice choice = CounterChoice.choose(
                ROOT, List.of("page-faults"), CounterWay.PAGE, false, natives, System::nanoTime, true, health.health());
        detail(choice, "page-faults");

        assertThat(choice.userSpace())
                .isInstanceOfSatisfying(
                        Capability.Unavailable.class,
                        not -> assertThat(not.remedy()).contains("kernel.perf_user_access=1"));
        assertThat(choice.reading()).isEqualTo("read()");
    }

    @Test
    void shouldSayWhyThereAreNoneWithoutNativeCode() {
        CounterChoice choice = CounterChoice.choose(
                ROOT,
                List.of("page-faults"),
                CounterWay.AUTO,
                false,
                Capability.unavailable("switched off", "switch it on"),
                System::nanoTime,
                true,
                health.health());

        assertThat(missing(choice, "page-faults").reason()).isEqualTo("switched off");
        assertThat(choice.counters()).isSameAs(CallCounters.NONE);
    }

    @Test
    void shouldCountAllocatedBytesToTheByte() {
        CounterChoice choice = choose(true);
        ThreadReader reader = Objects.requireNonNull(choice.counters().forThisThread());
        long[] entry = new long[reader.words()];
        long[] exit = new long[reader.words()];
        long[] counts = new long[1];
        for (int i = 0; i < 2; i++) { // the first loads what the reading needs
            long entryNs = reader.readAtEntry(entry);
            kept = new byte[SIZE];
            assertThat(reader.readAtExit(exit)).isGreaterThan(entryNs);
            assertThat(reader.counts(entry, exit, counts, 0)).isZero();
        }

        assertThat(choice.counters().names()).containsExactly("allocated-bytes");
        assertThat(choice.reading()).isEqualTo("ThreadMXBean");
        assertThat(counts[0]).isBetween((long) SIZE, SIZE + 32L);
        assertThat(kept).hasSize(SIZE);
        reader.close();
    }

    @Test
    void shouldReadEventsAndAllocatedBytesTogether() {
        CounterChoice choice = choose(true, "page-faults");
        detail(choice, "page-faults");
        ThreadReader reader = Objects.requireNonNull(choice.counters().forThisThread());
        long[] entry = new long[reader.words()];
        long[] exit = new long[reader.words()];
        long[] counts = {7, 7, 7};
        long entryNs = reader.readAtEntry(entry);
        kept = new byte[SIZE];
        long exitNs = reader.readAtExit(exit);

        assertThat(choice.counters().names()).containsExactly("page-faults", "allocated-bytes");
        assertThat(choice.reading()).isEqualTo("read(), ThreadMXBean");
        assertThat(reader.counts(entry, exit, counts, 1)).isZero();
        assertThat(counts[0]).isEqualTo(7);
        assertThat(counts[1]).isNotNegative();
        assertThat(counts[2]).isGreaterThanOrEqualTo(SIZE);
        assertThat(exitNs).isGreaterThan(entryNs);
        assertThat(System.nanoTime() - exitNs).isBetween(0L, 10_000_000_000L);
        reader.close();
    }

    /** As a thread's counters do that were closed behind its back. */
    @Test
    void shouldTellNothingOfWhatCouldNotBeRead() {
        CounterChoice choice = choose(true, "page-faults");
        detail(choice, "page-faults");
        ThreadReader reader = Objects.requireNonNull(choice.counters().forThisThread());
        long[] entry = new long[reader.words()];
        long[] exit = new long[reader.words()];
        long[] counts = new long[2];
        reader.readAtEntry(entry);
        reader.close();
        long exitNs = reader.readAtExit(exit);
        reader.counts(entry, exit, counts, 0);

        assertThat(counts[0]).isEqualTo(ThreadReader.UNKNOWN);
        assertThat(counts[1]).isNotNegative();
        assertThat(System.nanoTime() - exitNs).isBetween(0L, 10_000_000_000L);
        assertThat(health.health().total(Trouble.COUNTERS_LOST)).isEqualTo(1);
        assertThat(health.health().total(Trouble.COUNTS_REFUSED)).isEqualTo(1);
        assertThat(health.health().total(Trouble.COUNTS_UNKNOWN)).isZero();
    }

    @Test
    void shouldLeaveThreadsWithoutWhereDescriptorsRunOut(@TempDir Path root) throws Exception {
        Files.createDirectories(root.resolve("proc/self"));
        Files.writeString(
                root.resolve("proc/self/limits"), "Max open files            12          4096          files\n");
        CounterChoice choice = CounterChoice.choose(
                root,
                List.of("page-faults", "task-clock"),
                CounterWay.READ,
                false,
                natives,
                System::nanoTime,
                true,
                health.health());
        detail(choice, "page-faults");

        ThreadReader first = Objects.requireNonNull(choice.counters().forThisThread());
        assertThat(choice.counters().forThisThread())
                .as("3 descriptors, 2 a thread")
                .isNull();
        assertThat(health.health().total(Trouble.COUNTERS_REFUSED)).isEqualTo(1);
        health.health().tellLines();
        assertThat(health.said()).contains("a thread has no counters, and its calls go without: ");
        first.close();
        Objects.requireNonNull(choice.counters().forThisThread()).close();
    }
}
