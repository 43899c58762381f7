package io.vperf.vmware;

import io.vperf.shim.Capability;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Reads the pseudo counters in a JVM of its own, which may die of it. */
public final class ChildTrial {

    /** The hidden command of vperf.jar that is tried. */
    public static final String COMMAND = "try-pseudo-counters";

    /** What that prints before it reads any. */
    public static final String BEGUN = "reading pseudo counters";

    /** What it prints before it ends with 0. */
    public static final String PASSED = "pseudo counters can be read";

    private static final String REMEDY =
            "set monitor_control.pseudo_perfctr = TRUE in the virtual machine's settings; user space must be let read"
                    + " counters (/sys/bus/event_source/devices/cpu/rdpmc: 2)";

    private static final long PATIENCE_S = 20;

    private static final List<String> OPTIONS = List.of(
            "-Xmx32m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+SuppressFatalErrorMessage",
            "-XX:-CreateCoredumpOnCrash");

    private ChildTrial() {}

    /** With the vperf.jar this class is from. */
    public static Capability<String> ofThisJar() {
        CodeSource source = ChildTrial.class.getProtectionDomain().getCodeSource();
        try {
            if (source != null && source.getLocation() != null) {
                Path jar = Path.of(source.getLocation().toURI());
                return run(List.of("-jar", jar.toString(), COMMAND));
            }
        } catch (URISyntaxException | RuntimeException e) {
            // As where there is none.
        }
        return Capability.unavailable("where vperf.jar lies is unknown, so reading them cannot be tried", "");
    }

    /** @param arguments what follows the options of the JVM's launcher */
    static Capability<String> run(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(arguments);
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            // Options and agents of this JVM are not for that one.
            builder.environment()
                    .keySet()
                    .removeIf(name -> name.startsWith("VPERF_")
                            || name.equals("JAVA_TOOL_OPTIONS")
                            || name.equals("JDK_JAVA_OPTIONS"));
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Capability.unavailable("the process that tried to read them did not end", "");
            }
            // It prints a line or a few: the pipe holds it.
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return verdict(process.exitValue(), said);
        } catch (IOException e) {
            return Capability.unavailable(
                    "no process could be started to try to read them: " + e.getMessage(),
                    "let this JVM start " + command.get(0));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Capability.unavailable("the trial to read them was interrupted", "");
        }
    }

    static Capability<String> verdict(int status, String said) {
        if (status == 0 && said.contains(PASSED)) {
            return Capability.available("read in another process first");
        }
        if (said.contains(BEGUN)) { // JDK 24 and later print warnings beside it
            return Capability.unavailable(
                    "reading them ended the process that tried (exit status " + status + ")", REMEDY);
        }
        return Capability.unavailable(
                "the process that was to try to read them failed (exit status " + status
                        + (said.isEmpty() ? "" : ": " + said.replace('\n', ' ')) + ")",
                "");
    }
}
