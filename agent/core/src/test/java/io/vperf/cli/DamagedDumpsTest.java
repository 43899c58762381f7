package io.vperf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happened to a file: what is left is reported in every form, what is not is told, and the status says so. */
class DamagedDumpsTest {

    private static final int DAMAGES = 25;

    private final Path temp;
    private final byte[] golden;

    DamagedDumpsTest(@TempDir Path temp) throws IOException {
        this.temp = temp;
        this.golden = Files.readAllBytes(GoldenDump.to(temp.resolve("golden.hlog")));
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    /** Its status as a text, after all forms have come to the same. */
    private CliRun report(byte[] bytes, String what) throws IOException {
        Path file = Files.write(temp.resolve("damaged.hlog"), bytes);
        CliRun text = CliRun.of("report", file.toString());
        assertThat(text.err()).as(what).doesNotContain("Exception", "\tat ");
        assertThat(text.status())
                .as(what + ": " + text.err())
                .isEqualTo(text.err().isEmpty() ? 0 : 1);
        CliRun page = CliRun.of("report", "--html", temp.resolve("page.html").toString(), file.toString());
        CliRun json = CliRun.of("report", "--json", file.toString());
        CliRun csv = CliRun.of("report", "--csv", file.toString());
        for (CliRun other : new CliRun[] {page, json, csv}) {
            assertThat(other.status()).as(what + ": " + other.err()).isEqualTo(text.status());
            assertThat(other.err()).as(what).isEqualTo(text.err());
        }
        return text;
    }

    @Test
    void shouldReportWhatFlippedBitsLeave() throws IOException {
        Random random = new Random(41);
        int told = 0;
        for (int i = 0; i < DAMAGES; i++) {
            byte[] damaged = golden.clone();
            for (int bits = 1 + random.nextInt(4); bits > 0; bits--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            told += report(damaged, "flipped " + i).status();
        }
        assertThat(told).isGreaterThan(DAMAGES / 2);
    }

    /** Digits, signs and brackets, which JSON may well go on being JSON with. */
    @Test
    void shouldReportWhatOtherLettersLeave() throws IOException {
        Random random = new Random(42);
        byte[] letters = "-09.,:{}[]\"ne\n".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < DAMAGES; i++) {
            byte[] damaged = golden.clone();
            damaged[random.nextInt(damaged.length)] = letters[random.nextInt(letters.length)];
            report(damaged, "other letter " + i);
        }
    }

    @Test
    void shouldReportWhatLossesLeave() throws IOException {
        Random random = new Random(43);
        for (int i = 0; i < DAMAGES; i++) {
            int from = random.nextInt(golden.length);
            int to = from + random.nextInt(Math.min(3_000, golden.length - from) + 1);
            byte[] damaged = Arrays.copyOf(golden, golden.length - (to - from));
            System.arraycopy(golden, to, damaged, from, golden.length - to);
            report(damaged, "lost " + from + " to " + to);
        }
    }

    @Test
    void shouldReportWhatIsLeftOfAPackedFile() throws IOException {
        byte[] packed = packed(golden);
        Random random = new Random(44);
        for (int i = 0; i < DAMAGES; i++) {
            byte[] cut = Arrays.copyOf(packed, 1 + random.nextInt(packed.length - 1));
            assertThat(report(cut, "cut at " + cut.length).status()).isEqualTo(1);
            byte[] flipped = packed.clone();
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            report(flipped, "flipped in what is packed, " + i);
        }
    }

    @Test
    void shouldSayWhatIsNoDump() throws IOException {
        byte[] noise = new byte[300_000];
        new Random(45).nextBytes(noise);
        for (byte[] foreign : new byte[][] {
            {},
            {0},
            noise,
            new byte[20_000_000], // a line longer than any of vperf's
            packed(noise),
            "[0.005s][info][gc] Using G1\n[0.115s][info][gc] GC(0) Pause Young (Normal) 24M->2M(256M) 3.2ms\n"
                    .getBytes(StandardCharsets.US_ASCII)
        }) {
            CliRun run = report(foreign, foreign.length + " foreign bytes");
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err()).contains("damaged.hlog").contains("give .hlog files written by vperf");
        }
    }
}
