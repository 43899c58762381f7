package io.vperf.export.jmx;

import java.util.List;

/** What an operator can do to a run. Called by any thread; times are in milliseconds. */
public interface Control {

    /** Waiting for the first measured class, measuring, suspended, ended, or off, with the reason. */
    String state();

    /** Ends the running interval; nothing if there is none. */
    void dumpNow();

    /** Has probes record no call that begins from now on. Throws IllegalStateException if there is nothing to suspend. */
    void pause();

    /** Undoes {@link #pause}; throws IllegalStateException as that. */
    void resume();

    long intervalMillis();

    /** Throws IllegalArgumentException for what the option {@code interval} would not take. */
    void setIntervalMillis(long millis);

    /** Those that choose methods now, as they were written. */
    List<String> patterns();

    /**
     * Has patterns choose methods from now on, of classes that are loaded, too.
     *
     * @return how many loaded classes have been rewritten
     * @throws IllegalArgumentException with what is wrong in them
     */
    int addPatterns(String patterns);

    /**
     * Takes patterns out; classes in which nothing else is measured get their own byte code back.
     *
     * @return how many loaded classes have been rewritten
     * @throws IllegalArgumentException if there is no such pattern
     */
    int removePatterns(String patterns);
}
