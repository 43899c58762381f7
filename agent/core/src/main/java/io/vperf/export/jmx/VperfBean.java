package io.vperf.export.jmx;

import io.vperf.record.IntervalSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Joins what the bean shows with what it can do. Called by threads of JMX. */
final class VperfBean implements VperfMXBean {

    private final String version;
    private final LiveFigures figures;
    private final Control control;

    VperfBean(String version, LiveFigures figures, Control control) {
        this.version = version;
        this.figures = figures;
        this.control = control;
    }

    @Override
    public String getVersion() {
        return version;
    }

    @Override
    public String getState() {
        return control.state();
    }

    @Override
    public Map<String, String> getEnvironment() {
        return figures.environment();
    }

    @Override
    public Map<String, Long> getHealth() {
        IntervalSnapshot latest = figures.latest();
        return latest == null ? Map.of() : latest.health();
    }

    @Override
    public @Nullable LiveInterval getLatestInterval() {
        IntervalSnapshot latest = figures.latest();
        return latest == null ? null : new LiveInterval(latest);
    }

    @Override
    public List<LiveMethod> getLatestMethods() {
        IntervalSnapshot latest = figures.latest();
        return latest == null
                ? List.of()
                : latest.methods().stream().map(LiveMethod::of).toList();
    }

    @Override
    public List<LiveMethod> getMethods() {
        return figures.sums();
    }

    @Override
    public @Nullable String getSince() {
        Instant since = figures.since();
        return since == null ? null : since.toString();
    }

    @Override
    public long getIntervalMillis() {
        return control.intervalMillis();
    }

    @Override
    public void setIntervalMillis(long millis) {
        control.setIntervalMillis(millis);
    }

    @Override
    public List<String> getPatterns() {
        return control.patterns();
    }

    @Override
    public void dumpNow() {
        control.dumpNow();
    }

    /** What was measured before the reset is in what ends here. */
    @Override
    public void reset() {
        control.dumpNow();
        figures.reset();
    }

    @Override
    public void pause() {
        control.pause();
    }

    @Override
    public void resume() {
        control.resume();
    }

    @Override
    public int addPatterns(String patterns) {
        return control.addPatterns(patterns);
    }

    @Override
    public int removePatterns(String patterns) {
        return control.removePatterns(patterns);
    }
}
