package io.vperf.it.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.vperf.it.Dump;
import io.vperf.it.Jdk;
import io.vperf.it.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One program, run without the agent and with it, under the same settings. */
final class Trial {

    /** Those that need native code; which of them works is the kernel's affair. */
    static final List<String> NATIVE_CPU_CLOCKS =
            List.of("rseq", "rseq, registered anew", "perf page", "clock_gettime");

    private final Jdk jdk;
    private final Path folder;
    private final List<Consumer<Jvm>> settings = new ArrayList<>();
    private String random = "(?!)";
    private String agentOptions = "report=off";

    Trial(Jdk jdk, Path folder) {
        this.jdk = jdk;
        this.folder = folder;
    }

    /** What the agent says at exit where there is no report. */
    static String withoutOwnLine(String err) {
        return err.replaceAll("(?m)^vperf: histograms written to .*\\R", "");
    }

    /** Settings of both runs. */
    Trial with(Consumer<Jvm> setting) {
        settings.add(setting);
        return this;
    }

    Trial agentOptions(String more) {
        agentOptions += "," + more;
        return this;
    }

    /** A regular expression for what the program or the JVM prints by itself and is never the same. */
    Trial ignoring(String regex) {
        random = regex;
        return this;
    }

    /**
     * Both runs. What the program printed on either stream and its status must be the same, so that with the report switched
     * off the agent, the JVM and the libraries inside the agent have printed nothing but where the dump is.
     *
     * @return what the agent wrote, without a suppressed error
     */
    Dump unharmed(String mainClass, String... arguments) {
        Jvm.Finished without = run("without", jvm -> jvm.agent(null), mainClass, arguments);
        Jvm.Finished with = run("with", jvm -> jvm.agent(agentOptions), mainClass, arguments);

        assertThat(constant(withoutOwnLine(with.err()))).isEqualTo(constant(without.err()));
        assertThat(constant(with.out())).isEqualTo(constant(without.out())).isNotEmpty();
        assertThat(with.status()).isEqualTo(without.status()).isZero();
        return healthy(with);
    }

    private String constant(String printed) {
        return printed.replaceAll(random, "");
    }

    /** The run's dump; nothing was suppressed and every class could be instrumented. */
    static Dump healthy(Jvm.Finished run) {
        Dump dump = run.dump();
        assertThat(dump.health("suppressedErrors")).isZero();
        assertThat(dump.health("classesFailed")).isZero();
        return dump;
    }

    /** One run in a working folder of this name. */
    Jvm.Finished run(String name, Consumer<Jvm> setting, String mainClass, String... arguments) {
        Path working = folder.resolve(name);
        try {
            Files.createDirectories(working);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Jvm jvm = new Jvm(jdk, working);
        settings.forEach(s -> s.accept(jvm));
        setting.accept(jvm);
        return jvm.run(mainClass, arguments);
    }

    /** The source of CPU time in this run. */
    static String cpuClock(Dump dump) {
        return dump.run().getAsJsonObject("clocks").get("cpu").getAsString();
    }

    /** An entry of the run header's capabilities. */
    static JsonObject capability(Dump dump, String name) {
        for (var capability : dump.run().getAsJsonArray("capabilities")) {
            JsonObject entry = capability.getAsJsonObject();
            if (entry.get("name").getAsString().equals(name)) {
                return entry;
            }
        }
        throw new AssertionError("no capability " + name + " in " + dump.run());
    }
}
