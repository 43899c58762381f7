package io.vperf.linux;

/** The configuration the running kernel was built with (its {@code .config}). Found by {@link KernelConfigFiles}. */
public final class KernelConfig {

    private final String source;
    private final String text;

    private KernelConfig(String source, String text) {
        this.source = source;
        this.text = text;
    }

    static KernelConfig parse(String source, String text) {
        // A line feed before the first line lets a look-up search for whole lines.
        return new KernelConfig(source, "\n" + text);
    }

    /** The file it was read from. */
    public String source() {
        return source;
    }

    /**
     * Whether an option is built in ({@code y}) or a module ({@code m}).
     *
     * <p>False also where the file does not name it: Kconfig writes {@code # CONFIG_X is not set} only for options that
     * could have been chosen, and nothing for those whose dependencies are missing or which that kernel does not have.
     *
     * @param option with its prefix, such as {@code CONFIG_PARAVIRT}
     */
    public boolean isSet(String option) {
        String line = "\n" + option + "=";
        int at = text.indexOf(line);
        if (at < 0 || at + line.length() >= text.length()) {
            return false;
        }
        int end = text.indexOf('\n', at + 1);
        String value = text.substring(at + line.length(), end < 0 ? text.length() : end)
                .strip();
        return value.equals("y") || value.equals("m");
    }
}
