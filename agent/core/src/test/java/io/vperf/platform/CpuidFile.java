package io.vperf.platform;

import io.vperf.shim.Capability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The answers of a machine's {@code cpuid.txt}, in the form of {@code cpuid -r}; leaves that are not in it answer 0. */
public final class CpuidFile implements CpuidReader {

    private static final Pattern LINE = Pattern.compile(
            "\\s*0x(\\p{XDigit}+) 0x00: eax=0x(\\p{XDigit}+) ebx=0x(\\p{XDigit}+) ecx=0x(\\p{XDigit}+) edx=0x(\\p{XDigit}+)");

    private final Map<Integer, int[]> leaves = new HashMap<>();

    /** Of a machine without the file: unavailable, as on other processors. */
    public static CpuidReader of(Path machine) {
        Path file = machine.resolve("cpuid.txt");
        if (!Files.exists(file)) {
            return FakeCpuid.NONE;
        }
        CpuidFile cpuid = new CpuidFile();
        try {
            for (String line : Files.readAllLines(file)) {
                Matcher matcher = LINE.matcher(line);
                if (!matcher.matches()) {
                    throw new IllegalArgumentException(line);
                }
                int[] registers = new int[4];
                for (int i = 0; i < 4; i++) {
                    registers[i] = Integer.parseUnsignedInt(matcher.group(i + 2), 16);
                }
                cpuid.leaves.put(Integer.parseUnsignedInt(matcher.group(1), 16), registers);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return cpuid;
    }

    @Override
    public Capability<int[]> leaf(int leaf, int subleaf) {
        return Capability.available(leaves.getOrDefault(leaf, new int[4]).clone());
    }
}
