package io.vperf.linux;

import io.vperf.shim.Capability;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** The parameters the running kernel was booted with. */
public final class KernelCommandLine {

    private static final int MAX_BYTES = 64 << 10;

    private final Set<String> names;

    private KernelCommandLine(Set<String> names) {
        this.names = names;
    }

    /** From {@code /proc/cmdline}, which containers share with their host. */
    public static Capability<KernelCommandLine> read(Path root) {
        return KernelFile.map(KernelFile.headText(root.resolve("proc/cmdline"), MAX_BYTES), KernelCommandLine::parse);
    }

    /**
     * By the rules of {@code next_arg} and {@code parse_args} (lib/cmdline.c, kernel/params.c): words apart by white
     * space outside double quotes; what follows {@code --} is for init, not for the kernel.
     */
    static KernelCommandLine parse(String text) {
        Set<String> names = new HashSet<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            if (c == '"') {
                quoted = !quoted;
            } else if (i == text.length() || (!quoted && Character.isWhitespace(c))) {
                String parameter = word.toString();
                word.setLength(0);
                if (parameter.equals("--")) {
                    break;
                }
                if (!parameter.isEmpty()) {
                    names.add(canonical(parameter));
                }
            } else {
                word.append(c);
            }
        }
        return new KernelCommandLine(names);
    }

    /** Whether a parameter was given, with or without a value. Hyphen and underscore are the same to the kernel. */
    public boolean has(String name) {
        return names.contains(canonical(name));
    }

    private static String canonical(String parameter) {
        int value = parameter.indexOf('=');
        return (value < 0 ? parameter : parameter.substring(0, value)).replace('-', '_');
    }
}
