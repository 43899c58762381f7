package io.vperf.launcher;

import java.util.Properties;
import jdk.internal.vm.VMSupport;

/** As in {@link JdkInternals}: linked when first run, after the package was exported. */
final class AgentProperties {

    private AgentProperties() {}

    static Properties get() {
        return VMSupport.getAgentProperties();
    }
}
