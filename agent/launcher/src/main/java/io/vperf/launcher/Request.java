package io.vperf.launcher;

import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a vperf outside of this JVM asks of the one inside, in the arguments of an agent: lines, of which the first is empty, the
 * second {@code attach}, {@code detach} or {@code dump}, the third the asker's version, and the rest options. The answer is among the
 * JVM's agent properties, which the asker can read through the same socket: no file, no port, and nothing that the application sees.
 */
record Request(String what, String version, String options) {

    private static final String ANSWER = "io.vperf.answer";
    private static final String TOLD = "io.vperf.told";
    private static final int PARTS = 4;

    /** Null if these are plain options. */
    static @Nullable Request read(String arguments) {
        String[] lines = arguments.split("\n", PARTS);
        return lines.length < PARTS || !lines[0].isEmpty() ? null : new Request(lines[1], lines[2], lines[3]);
    }

    /**
     * @param problems empty if all is done
     * @param told what was asked for, in lines
     */
    void answer(Instrumentation instrumentation, List<String> problems, List<String> told) {
        instrumentation.redefineModule(
                Object.class.getModule(),
                Set.of(),
                Map.of("jdk.internal.vm", Set.of(Request.class.getModule())),
                Map.of(),
                Set.of(),
                Map.of());
        Properties agents = AgentProperties.get();
        agents.setProperty(ANSWER, String.join("\n", problems));
        agents.setProperty(TOLD, String.join("\n", told));
    }
}
