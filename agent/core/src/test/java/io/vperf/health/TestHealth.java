package io.vperf.health;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A health whose log can be read. */
public final class TestHealth {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Log log = new Log(new PrintStream(said, true, StandardCharsets.UTF_8), Log.Level.INFO);
    private final Health health = new Health(log);

    public Log log() {
        return log;
    }

    public Health health() {
        return health;
    }

    public long total(Trouble kind) {
        return health.total(kind);
    }

    /** Everything on the log so far. */
    public String said() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
