package io.vperf.linux;

import io.vperf.shim.Capability;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Finds the running kernel's configuration: {@code /proc/config.gz} (CONFIG_IKCONFIG_PROC), else a file that carries the
 * running release in its name, where distributions put one. Containers usually have none of them.
 */
public final class KernelConfigFiles {

    /** Configurations of distributions take some 300 kB; what is larger is none. */
    static final int MAX_BYTES = 4 << 20;

    private KernelConfigFiles() {}

    /** The first that can be read and understood; unavailable names every file that was tried and what was wrong. */
    public static Capability<KernelConfig> find(Path root) {
        List<String> tried = new ArrayList<>();
        for (Path file : candidates(root, tried)) {
            Capability<KernelConfig> config = read(file);
            if (config instanceof Capability.Unavailable<KernelConfig> not) {
                tried.add(not.reason());
            } else {
                return config;
            }
        }
        return Capability.unavailable(
                "the kernel's configuration was not found: " + String.join("; ", tried),
                "make the host's /boot/config-$(uname -r) readable at the same path");
    }

    private static List<Path> candidates(Path root, List<String> tried) {
        List<Path> files = new ArrayList<>();
        files.add(root.resolve("proc/config.gz"));
        Capability<KernelRelease> kernel = KernelRelease.read(root);
        if (kernel instanceof Capability.Unavailable<KernelRelease> not) {
            tried.add(not.reason());
            return files;
        }
        String release = ((Capability.Available<KernelRelease>) kernel).value().release();
        if (!release.matches("[A-Za-z0-9][A-Za-z0-9._+~-]*")) {
            tried.add("the release \"" + release + "\" can be in no file's name");
            return files;
        }
        files.add(root.resolve("boot/config-" + release));
        files.add(root.resolve("lib/modules/" + release + "/config"));
        files.add(root.resolve("usr/lib/modules/" + release + "/config"));
        files.add(root.resolve("usr/src/linux-headers-" + release + "/.config"));
        return files;
    }

    private static Capability<KernelConfig> read(Path file) {
        Capability<byte[]> bytes = KernelFile.head(file, MAX_BYTES + 1);
        if (bytes instanceof Capability.Unavailable<byte[]> not) {
            return Capability.unavailable(not.reason(), not.remedy());
        }
        return parse(file.toString(), ((Capability.Available<byte[]>) bytes).value());
    }

    /** @param bytes the file, packed by gzip or plain */
    static Capability<KernelConfig> parse(String source, byte[] bytes) {
        byte[] plain;
        try {
            plain = isGzip(bytes) ? unpack(bytes) : bytes;
        } catch (IOException e) {
            return Capability.unavailable(source + " cannot be unpacked: " + e, "");
        }
        if (plain.length > MAX_BYTES) {
            return Capability.unavailable(source + " is larger than " + MAX_BYTES + " bytes", "");
        }
        String text = new String(plain, StandardCharsets.ISO_8859_1);
        if (!("\n" + text).contains("\nCONFIG_")) {
            return Capability.unavailable(source + " holds no configuration", "");
        }
        if (!text.endsWith("\n")) {
            // An option behind the cut would look as if it were not set.
            return Capability.unavailable(source + " is cut short", "");
        }
        return Capability.available(KernelConfig.parse(source, text));
    }

    private static boolean isGzip(byte[] bytes) {
        return bytes.length >= 2 && bytes[0] == (byte) 0x1f && bytes[1] == (byte) 0x8b;
    }

    private static byte[] unpack(byte[] bytes) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readNBytes(MAX_BYTES + 1);
        }
    }
}
