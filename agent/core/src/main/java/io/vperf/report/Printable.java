package io.vperf.report;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;

/** A report for a stream that may have no code for the signs in it, as under {@code LC_ALL=C}: they would come out as "?". */
public final class Printable {

    private static final String[][] SIGNS = {{"±", "+-"}, {"…", "..."}};

    private Printable() {}

    /** For text that is written in the charset of standard output. */
    public static String onStdout(String text) {
        return in(stdout(), text);
    }

    /** For text that is written to standard output in UTF-8 whatever its charset: any other would show something else. */
    public static String onStdoutInUtf8(String text) {
        return inUtf8(stdout(), text);
    }

    /** The same for standard error. */
    public static String onStderr(String text) {
        return inUtf8(charset("stderr.encoding", "sun.stderr.encoding"), text);
    }

    private static Charset stdout() {
        return charset("stdout.encoding", "sun.stdout.encoding");
    }

    private static String inUtf8(Charset shown, String text) {
        return in(shown.equals(StandardCharsets.UTF_8) ? shown : StandardCharsets.US_ASCII, text);
    }

    static String in(Charset charset, String text) {
        String printable = text;
        for (String[] sign : SIGNS) {
            if (!charset.newEncoder().canEncode(sign[0])) {
                printable = printable.replace(sign[0], sign[1]);
            }
        }
        return printable;
    }

    /**
     * As picocli, which makes the writer, and the JDK choose: JDK 19 and later have the first property, older ones the second and only
     * on a terminal; into a file or pipe these write in the default charset.
     */
    private static Charset charset(String property, String older) {
        String name = System.getProperty(property, System.getProperty(older));
        try {
            return name == null ? Charset.defaultCharset() : Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Charset.defaultCharset();
        }
    }
}
