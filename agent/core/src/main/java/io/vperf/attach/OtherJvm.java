package io.vperf.attach;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A running JVM that vperf is to be attached to, or detached from, or asked something in, through the JVM's attach socket. What is asked and how it is
 * answered: {@code io.vperf.launcher.Request}.
 */
public final class OtherJvm {

    private static final String ANSWER = "io.vperf.answer";
    private static final String TOLD = "io.vperf.told";

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
     * @return what there is to say of the start, in lines
     * @throws RefusedException if it does not run there afterwards, or did before
     */
    public List<String> attach(String options) throws RefusedException {
        return ask("attach", options).lines().toList();
    }

    /**
     * Has vperf leave.
     *
     * @throws RefusedException if it has not, or not in full, or has lost intervals
     */
    public void detach() throws RefusedException {
        ask("detach", "");
    }

    /**
     * Has vperf there end its running interval.
     *
     * @return the dump files of its run, oldest first, as that process names them; the interval is in the last
     * @throws RefusedException if it is in none
     */
    public List<String> dump() throws RefusedException {
        return ask("dump", "").lines().toList();
    }

    /** Returns what was told. */
    private String ask(String what, String options) throws RefusedException {
        if (jar.toString().contains("=")) { // the JVM takes what follows it for the options
            throw new RefusedException(
                    "the path of vperf.jar must not hold '=' to be loaded by another JVM: " + jar,
                    "copy it to a path without one");
        }
        new JvmProcess(Path.of("/"), pid).check(jar);
        return Attachment.with(pid, jvm -> {
            try {
                jvm.loadAgent(jar.toString(), String.join("\n", "", what, version, options));
            } catch (AgentLoadException | AgentInitializationException e) {
                throw refused(e);
            }
            Properties answers = jvm.getAgentProperties();
            tell(answers.getProperty(ANSWER));
            return answers.getProperty(TOLD, "");
        });
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
