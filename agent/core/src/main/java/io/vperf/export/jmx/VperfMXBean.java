package io.vperf.export.jmx;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code io.vperf:type=Vperf}. Reading an attribute ends no interval and changes no figure; what is unknown is null. */
public interface VperfMXBean {

    String NAME = "io.vperf:type=Vperf";

    String getVersion();

    /** "waiting", "measuring", "suspended", "ended", or "off: " and why. */
    String getState();

    /** Of the JVM, the machine and the run, as at the head of the dump; empty before the first measured class. */
    Map<String, String> getEnvironment();

    /** Counts of trouble since the start of the run, by the end of the latest interval. */
    Map<String, Long> getHealth();

    /** Null before one has ended. */
    @Nullable
    LiveInterval getLatestInterval();

    /** Methods with calls in the latest interval. */
    List<LiveMethod> getLatestMethods();

    /** All methods since {@link #getSince}, up to the end of the latest interval. */
    List<LiveMethod> getMethods();

    /** When what {@link #getMethods} covers begins: the start of the run, with report=off when this bean was registered, or the last {@link
     * #reset}. Null before the first measured class. */
    @Nullable
    String getSince();

    long getIntervalMillis();

    /** Takes what the option {@code interval} takes, 100 ms to an hour. */
    void setIntervalMillis(long millis);

    /** Those that choose methods, beside marks in the code. */
    List<String> getPatterns();

    /** Ends the running interval, so that dump and bean show what was measured up to now. */
    void dumpNow();

    /** Has {@link #getMethods} begin anew. Neither dump nor report lose anything. */
    void reset();

    /** Suspends measuring: calls that begin from now on are not recorded. The stretch is shown as not measured. */
    void pause();

    void resume();

    /** Has more methods measured, as the option {@code include} would; answers how many loaded classes were rewritten. */
    int addPatterns(String patterns);

    /** Takes patterns back, of the option {@code include}, too; answers how many loaded classes were rewritten. */
    int removePatterns(String patterns);
}
