package io.vperf.pauses;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vperf.shim.Capability;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** On the memory of this very JVM, as the file that jstat reads shows it. */
class SafepointCountersTest {

    private static byte[] own() throws Exception {
        Path file = Path.of(
                "/tmp/hsperfdata_" + System.getProperty("user.name"),
                Long.toString(ProcessHandle.current().pid()));
        assumeTrue(Files.isReadable(file), file + " is not there");
        return Files.readAllBytes(file);
    }

    private static SafepointCounters in(byte[] memory) {
        Capability<SafepointCounters> counters = SafepointCounters.in(ByteBuffer.wrap(memory));
        assertThat(counters).isInstanceOf(Capability.Available.class);
        return ((Capability.Available<SafepointCounters>) counters).value();
    }

    @Test
    void shouldCountSafepoints() throws Exception {
        SafepointCounters before = in(own());
        System.gc();
        SafepointCounters after = in(own());

        assertThat(after.count()).isGreaterThan(before.count());
        assertThat(after.timeNs()).isGreaterThan(before.timeNs());
    }

    @Test
    void shouldDoWithoutTheFrequencyThatIsAddedLate() throws Exception {
        byte[] memory = own();
        String text = new String(memory, ISO_8859_1);
        memory[text.indexOf("sun.os.hrt.frequency")] = 'x';

        assertThat(in(memory).count()).isPositive();
    }

    @Test
    void shouldSayThatThereAreNone() {
        assertThat(SafepointCounters.in(ByteBuffer.allocate(0)))
                .isEqualTo(Capability.unavailable("this JVM keeps no counters", "start without -XX:-UsePerfData"));
    }

    @Test
    void shouldReadNothingOutsideOfDamagedMemory() throws Exception {
        byte[] whole = own();
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            byte[] damaged = whole.clone();
            for (int bytes = 1 + random.nextInt(3); bytes > 0; bytes--) {
                damaged[random.nextInt(random.nextBoolean() ? 64 : 1024)] = (byte) random.nextInt();
            }
            if (SafepointCounters.in(ByteBuffer.wrap(damaged))
                    instanceof Capability.Available<SafepointCounters> read) {
                long ignored = read.value().count() + read.value().timeNs();
            }
        }
        assertThat(in(whole).count()).isPositive();
    }
}
