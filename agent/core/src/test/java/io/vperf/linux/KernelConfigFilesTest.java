package io.vperf.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.shim.Capability;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelConfigFilesTest {

    private static final String SET = "CONFIG_PARAVIRT_TIME_ACCOUNTING";
    private static final String TEXT = FakeRoot.fixture("config-6.18-excerpt.txt");

    private final Path temp;
    private final FakeRoot root;

    KernelConfigFilesTest(@TempDir Path temp) {
        this.temp = temp;
        root = new FakeRoot(temp).with("proc/sys/kernel/osrelease", "6.18.44-x\n");
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    private String reason() {
        assertThat(KernelConfigFiles.find(temp)).isInstanceOf(Capability.Unavailable.class);
        return ((Capability.Unavailable<KernelConfig>) KernelConfigFiles.find(temp)).reason();
    }

    private KernelConfig found() {
        assertThat(KernelConfigFiles.find(temp)).isInstanceOf(Capability.Available.class);
        return ((Capability.Available<KernelConfig>) KernelConfigFiles.find(temp)).value();
    }

    @Test
    void shouldReadTheKernelsOwnCopy() throws IOException {
        root.with("proc/config.gz", gzip(TEXT.getBytes(StandardCharsets.UTF_8)));

        assertThat(found().isSet(SET)).isTrue();
        assertThat(found().source()).endsWith("proc/config.gz");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "boot/config-6.18.44-x",
                "lib/modules/6.18.44-x/config",
                "usr/lib/modules/6.18.44-x/config",
                "usr/src/linux-headers-6.18.44-x/.config"
            })
    void shouldReadTheFileOfTheRunningRelease(String file) {
        root.with(file, TEXT);
        assertThat(found().isSet(SET)).isTrue();
    }

    @Test
    void shouldNotReadAnotherKernelsFile() {
        root.with("boot/config-6.18.44-y", TEXT);
        assertThat(reason()).contains("boot/config-6.18.44-x");
    }

    @Test
    void shouldTellSetFromNotSetAndNotNamed() {
        root.with("boot/config-6.18.44-x", TEXT + "CONFIG_PARAVIRT_TIME=n\nCONFIG_MODULE=m\nCONFIG_TEXT=\"y\"\n");

        assertThat(found().isSet("CONFIG_XEN")).isFalse();
        assertThat(found().isSet("CONFIG_NOT_NAMED")).isFalse();
        assertThat(found().isSet("CONFIG_PARAVIRT_TIME")).isFalse();
        assertThat(found().isSet("CONFIG_MODULE")).isTrue();
        assertThat(found().isSet("CONFIG_TEXT")).isFalse();
    }

    @Test
    void shouldSayWhatWasWrongAndGoOnToTheNextFile() throws IOException {
        byte[] packed = gzip(TEXT.getBytes(StandardCharsets.UTF_8));
        root.with("proc/config.gz", Arrays.copyOf(packed, packed.length - 20));
        assertThat(reason()).contains("config.gz cannot be unpacked");

        root.with("boot/config-6.18.44-x", TEXT);
        assertThat(found().source()).contains("boot");
    }

    @Test
    void shouldRefuseWhatIsTooLargeOrCutOrNoConfiguration() throws IOException {
        root.with("proc/config.gz", gzip(new byte[KernelConfigFiles.MAX_BYTES + 1]));
        assertThat(reason()).contains("is larger than");

        root.with("proc/config.gz", TEXT.substring(0, TEXT.length() - 3));
        assertThat(reason()).contains("is cut short");

        root.with("proc/config.gz", "hello\n");
        assertThat(reason()).contains("holds no configuration");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/passwd", "a/b", "a\0b", "6.1\u00e9"})
    void shouldLookForNoFileByAStrangeRelease(String release) {
        root.with("proc/sys/kernel/osrelease", release);
        assertThat(reason()).contains("can be in no file's name");
    }
}
