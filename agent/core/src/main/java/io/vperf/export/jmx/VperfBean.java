package io.vperf.export.jmx;

import io.vperf.record.IntervalSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.StandardMBean;
import org.jspecify.annotations.Nullable;

/** Joins what the bean shows with what it can do, and says of each what it is. Called by threads of JMX. */
final class VperfBean extends StandardMBean implements VperfMXBean {

    private final String version;
    private final LiveFigures figures;
    private final Control control;

    VperfBean(String version, LiveFigures figures, Control control) {
        super(VperfMXBean.class, true);
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

    @Override
    protected String getDescription(MBeanInfo bean) {
        return "vperf's measuring in this JVM: figures, and switches for it";
    }

    @Override
    protected String getDescription(MBeanAttributeInfo attribute) {
        return Descriptions.OF_ATTRIBUTES.getOrDefault(attribute.getName(), attribute.getName());
    }

    @Override
    protected String getDescription(MBeanOperationInfo operation) {
        return Descriptions.OF_OPERATIONS.getOrDefault(operation.getName(), operation.getName());
    }

    /** Only patterns are taken. */
    @Override
    protected String getDescription(MBeanOperationInfo operation, MBeanParameterInfo parameter, int index) {
        return Descriptions.OF_PATTERNS;
    }

    @Override
    protected String getParameterName(MBeanOperationInfo operation, MBeanParameterInfo parameter, int index) {
        return "patterns";
    }
}
