package io.vperf.config;

/** What {@code -javaagent:vperf.jar=help} and {@code --help} print, and the same as a table for the documents. Pure. */
public final class Help {

    private static final int WIDTH = 100;

    private static final String HEAD = """
            vperf measures methods inside virtual machines, marked @Measured or chosen by include=, and
            corrects their times for stolen time.

            java -javaagent:vperf.jar -jar app.jar
            java -javaagent:vperf.jar=KEY=VALUE,KEY=VALUE -jar app.jar

            Options:
            """;

    private static final String RULES = """

            TIME is a whole number with a unit: %s.
            SIZE is a whole number with a unit: %s; 1KB is 1024B.
            PERCENT is a number with at most four decimals and a percent sign, such as 0.5%%.

            Where a value comes from; the first of these that has it wins:
              1. agent arguments        -javaagent:vperf.jar=native-dir=/tmp
              2. system properties      -Dvperf.native-dir=/tmp
              3. environment variables  VPERF_NATIVE_DIR=/tmp
              4. the config file        native-dir=/tmp
              5. the default
            Each source is checked as a whole: an unknown key or a wrong value is an error in any of them.

            Agent arguments:
              - A comma separates, except inside of () and of single quotes.
              - A value may stand in single quotes; '' inside of them is one quote.
              - White space around keys and values is ignored.
              - A key is given once.

            Examples:
              java -javaagent:vperf.jar=interval=5s,rotate=10MB,report=off -jar app.jar
              java "-javaagent:vperf.jar=include=com.acme.**;*Repository+#find(..)" -jar app.jar
              java "-javaagent:vperf.jar=dump='/var/log/shop, blue/%%p.hlog'" -jar app.jar
            """;

    private Help() {}

    /** At most 100 columns, lines end with {@code \n}. */
    public static String text() {
        int column = 0;
        for (Option<?> option : OptionTable.ALL) {
            column = Math.max(column, option.syntax().length());
        }
        column += 4;
        StringBuilder text = new StringBuilder(HEAD);
        for (Option<?> option : OptionTable.ALL) {
            text.append("  ").append(option.syntax());
            text.append(" ".repeat(column - 2 - option.syntax().length()));
            wrap(text, column, option.description());
            if (option != OptionTable.HELP) {
                text.append(" ".repeat(column));
                wrap(text, column, option.type().accepted() + "; default: " + shownDefault(option));
            }
        }
        return text.append(RULES.formatted(UnitScale.TIME.units(), UnitScale.SIZE.units()))
                .toString();
    }

    /** The options as a Markdown table, lines end with {@code \n}. */
    public static String markdown() {
        StringBuilder table = new StringBuilder("| Option | Default | Accepted | Meaning |\n|---|---|---|---|\n");
        for (Option<?> option : OptionTable.ALL) {
            String[] cells = {
                '`' + option.syntax() + '`', shownDefault(option), option.type().accepted(), option.description()
            };
            for (String cell : cells) {
                table.append("| ").append(cell.replace("|", "\\|")).append(' ');
            }
            table.append("|\n");
        }
        return table.toString();
    }

    private static String shownDefault(Option<?> option) {
        return option.defaultText().isEmpty() ? "none" : option.defaultText();
    }

    private static void wrap(StringBuilder text, int column, String words) {
        int at = column;
        for (String word : words.split(" ", -1)) {
            if (at > column && at + 1 + word.length() > WIDTH) {
                text.append('\n').append(" ".repeat(column));
                at = column;
            }
            if (at > column) {
                text.append(' ');
                at++;
            }
            text.append(word);
            at += word.length();
        }
        text.append('\n');
    }
}
