package io.vperf.pauses;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafepointLineTest {

    private static final String JDK_17 =
            "[78347401509117ns] Safepoint \"G1CollectFull\", Time since last:  270918042 ns,"
                    + " Reaching safepoint:       4496 ns, Cleanup:      77155 ns, At safepoint:   14268511 ns, Total:   14350162 ns";
    private static final String JDK_25 = "[78349165895163ns] Safepoint \"ThreadDump\", Time since last:    8547971 ns,"
            + " Reaching safepoint:       4237 ns, At safepoint:      68621 ns, Leaving safepoint:       1553 ns,"
            + " Total:      74411 ns, Threads:        0 runnable,       11 total";

    private final SafepointLine line = new SafepointLine();

    private boolean read(String text) {
        return line.read(text.getBytes(ISO_8859_1), text.length());
    }

    @Test
    void shouldReadWhatJdk17Writes() {
        assertThat(read(JDK_17)).isTrue();
        assertThat(line.loggedNs()).isEqualTo(78347401509117L);
        assertThat(line.operation()).isEqualTo("G1CollectFull");
        assertThat(line.kind()).isEqualTo(PauseKind.GC);
        assertThat(line.sinceLastNs()).isEqualTo(270918042);
        assertThat(line.reachingNs()).isEqualTo(4496);
        assertThat(line.leavingNs()).as("not told").isZero();
        assertThat(line.totalNs()).isEqualTo(14350162);
    }

    @Test
    void shouldReadWhatJdk25Writes() {
        assertThat(read(JDK_25)).isTrue();
        assertThat(line.operation()).isEqualTo("ThreadDump");
        assertThat(line.kind()).isEqualTo(PauseKind.OTHER);
        assertThat(line.reachingNs()).isEqualTo(4237);
        assertThat(line.leavingNs()).isEqualTo(1553);
        assertThat(line.totalNs()).isEqualTo(74411);
    }

    @Test
    void shouldNotMixUpLines() {
        assertThat(read(JDK_25)).isTrue();
        assertThat(read(JDK_17)).isTrue();

        assertThat(line.leavingNs()).isZero();
        assertThat(line.operation()).isEqualTo("G1CollectFull");
    }

    @Test
    void shouldRefuseWhatIsCutOff() {
        for (int length = 0; length < JDK_17.length(); length++) {
            assertThat(read(JDK_17.substring(0, length)))
                    .as("%d characters", length)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[1ns] # SafepointSynchronize::begin: Timeout detected:",
                "[0.123s] Safepoint \"X\", Time since last: 1 ns, Reaching safepoint: 1 ns, Total: 1 ns",
                "[1ns] Safepoint \"X\", Time since last: 1 us, Reaching safepoint: 1 us, Total: 1 us",
                "[1ns] Safepoint \"X\", Time since last: 1 ns, Reaching safepoint: 2 ns, Total: 1 ns",
                "[1ns] Safepoint \"X\", Time since last: -1 ns, Reaching safepoint: 2 ns, Total: 3 ns",
                "[1ns] Safepoint \"X\", Time since last: 1234567890123456789 ns, Reaching safepoint: 2 ns, Total: 3 ns"
            })
    void shouldRefuseOtherLines(String text) {
        assertThat(read(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GenCollectForAllocation",
                "GenCollectFull",
                "SerialCollectForAllocation",
                "SerialGCCollect",
                "ParallelGCFailedAllocation",
                "ParallelGCSystemGC",
                "ParallelCollectForAllocation",
                "ParallelGCCollect",
                "G1CollectForAllocation",
                "G1PauseRemark",
                "G1PauseCleanup",
                "G1TryInitiateConcMark",
                "ZMarkStart",
                "ZMarkEndYoung",
                "ZRelocateStartOld",
                "XMarkEnd",
                "ShenandoahInitMark",
                "ShenandoahFinalUpdateRefs",
                "CollectForMetadataAllocation"
            })
    void shouldKnowCollections(String operation) {
        assertThat(PauseKind.of(operation)).isEqualTo(PauseKind.GC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ThreadDump",
                "CleanClassLoaderDataMetaspaces",
                "Cleanup",
                "ICBufferFull",
                "RedefineClasses",
                "HeapDumper",
                "Exit",
                "FindDeadlocks",
                "GetAllStackTraces",
                "ZombieSweep",
                "XExecute"
            })
    void shouldKnowOtherSafepoints(String operation) {
        assertThat(PauseKind.of(operation)).isEqualTo(PauseKind.OTHER);
    }
}
