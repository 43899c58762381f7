package io.vperf.shim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {

    private static final Bundle.Resources HERE = Bundle.here().resources();

    private final Path folder;

    BundleTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void shouldNotLoadWhereThereIsNoLinux() {
        assertThat(Loaded.reason(new Bundle("Windows 11", "amd64", HERE).processor()))
                .isEqualTo("native code runs on Linux, this is Windows 11");
    }

    @Test
    void shouldNotLoadOnAnUnknownProcessor() {
        assertThat(Loaded.reason(new Bundle("Linux", "s390x", HERE).processor()))
                .contains("s390x");
    }

    @Test
    void shouldSayWhyTheShimIsMissing() throws Exception {
        Bundle bundle = new Bundle("Linux", "aarch64", name -> text("linux-aarch64=missing: no cross compiler x"));

        assertThat(Loaded.reason(bundle.shimResource("aarch64")))
                .isEqualTo("the C shim for linux-aarch64 is missing: no cross compiler x");
    }

    @Test
    void shouldSayThatTheBuildMadeNoShims() throws Exception {
        Bundle bundle = new Bundle("Linux", "aarch64", name -> null);

        assertThat(Loaded.reason(bundle.shimResource("aarch64"))).contains("the build made no shims");
    }

    /** Loads with the given shim (no file: none, though promised) and answers why it is not used. */
    public static final class LoadShim implements Function<List<Path>, String> {
        @Override
        public String apply(List<Path> arguments) {
            Bundle here = Bundle.here();
            Bundle.Resources other = name -> {
                if (name.endsWith("shims.properties")) {
                    return text("linux-x86_64=present\nlinux-aarch64=present");
                }
                return name.endsWith("libvperf-shim.so")
                        ? open(arguments.get(1))
                        : here.resources().open(name);
            };
            Bundle bundle = new Bundle(here.osName(), here.osArch(), other);
            Natives natives = Loaded.value(Natives.load(arguments.subList(0, 1), bundle));
            return Loaded.reason(natives.shim()) + " / " + Loaded.reason(natives.cpuid());
        }

        private static InputStream open(Path file) {
            try {
                return Files.newInputStream(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void shouldRefuseAShimOfAnotherVersion() throws Exception {
        Path other = folder.resolve("other.so");
        Command.Result compiled = Command.run(
                "cc",
                "-shared",
                "-fPIC",
                "-nostdlib",
                "-DVPERF_ABI_VERSION=99",
                "-o",
                other.toString(),
                "src/main/c/vperf_version.c");
        assumeTrue(compiled.status() != 127, "no C compiler cc");
        assertThat(compiled.status()).as(compiled.output()).isZero();

        assertThat(Isolated.run(LoadShim.class, folder, other))
                .matches("(the C shim speaks version 99, its Java half 3)( / \\1)");
    }

    @Test
    void shouldGoOnWithoutABrokenShim() throws Exception {
        Path broken = Files.writeString(folder.resolve("broken.so"), "not a library");

        assertThat(Isolated.run(LoadShim.class, folder, broken)).contains("the C shim could not be loaded: ");
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
