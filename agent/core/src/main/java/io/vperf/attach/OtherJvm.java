package io.vperf.attach;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A running JVM that vperf is to be attached to, or detached from, through the JVM's attach socket. What is asked and how it is
 * answered: {@code io.vperf.launcher.Request}.
 */
public final class OtherJvm {

    private static final String ANSWER = "io.vperf.answer";

    private final long pid;
    private final Path jar;
    private final String version;

    /**
     * @param jar the vperf.jar to be loaded there
     * @param version its version
     */
    public OtherJvm(long pid, Path jar, String version) {
        this.pid = pid;
        this.jar = jar;
        this.version = version;
    }

    /**
     * Starts vperf there.
     *
     * @param options as of {@code -javaagent:vperf.jar=OPTIONS}
     * @throws RefusedException if it does not run there afterwards, or did before
     */
    public void attach(String options) throws RefusedException {
        ask("attach", options);
    }

    /**
     * Has vperf leave.
     *
     * @throws RefusedException if it has not
     */
    public void detach() throws RefusedException {
        ask("detach", "");
    }

    private void ask(String what, String options) throws RefusedException {
        JvmProcess process = new JvmProcess(Path.of("/"), pid);
        process.check(jar);
        try {
            VirtualMachine jvm = VirtualMachine.attach(Long.toString(pid));
            try {
                jvm.loadAgent(jar.toString(), String.join("\n", "", what, version, options));
                tell(jvm.getAgentProperties().getProperty(ANSWER));
            } finally {
                jvm.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new RefusedException(
                    "process " + pid + " cannot be attached to: " + e.getMessage(),
                    "it may hang, be in another container, or not be a HotSpot JVM");
        } catch (AgentLoadException | AgentInitializationException e) {
            throw refused(e);
        } catch (IOException e) {
            throw new RefusedException(
                    "process " + pid + " cannot be attached to: " + e.getMessage(),
                    "run this as the user that runs it, or as root");
        } catch (NoClassDefFoundError e) {
            throw new RefusedException(
                    "this Java runtime has no module jdk.attach", "run vperf.jar by the java of a JDK");
        }
    }

    private RefusedException refused(Exception e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("Dynamic agent loading is not enabled")
                ? new RefusedException(
                        "process " + pid + " was started with -XX:-EnableDynamicAgentLoading, and takes no agent",
                        "start it without that option, or with -javaagent:vperf.jar")
                : new RefusedException(
                        "process " + pid + " did not load the agent: " + message,
                        "look at the application's standard error; " + jar + " must be readable for its user");
    }

    private static void tell(@Nullable String answer) throws RefusedException {
        if (answer == null) {
            throw new RefusedException(
                    "the agent was loaded, but did not answer", "look at the application's standard error");
        }
        if (!answer.isEmpty()) {
            throw new RefusedException(answer, "");
        }
    }
}
