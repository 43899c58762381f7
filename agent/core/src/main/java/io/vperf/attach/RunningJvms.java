package io.vperf.attach;

import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The JVMs of this machine, as far as they tell this user of themselves: those without -XX:-UsePerfData. Asks none of them. */
public final class RunningJvms {

    /**
     * One of them.
     *
     * @param main its main class or jar, with arguments; may be empty
     * @param withVperf whether vperf is there
     */
    public record Running(long pid, String main, boolean withVperf) {}

    private RunningJvms() {}

    /**
     * By their numbers, without this one.
     *
     * @throws NoClassDefFoundError if this Java runtime lacks the module jdk.attach
     */
    public static List<Running> list() {
        List<Running> running = new ArrayList<>();
        for (VirtualMachineDescriptor jvm : VirtualMachine.list()) {
            long pid = Long.parseLong(jvm.id());
            if (pid != ProcessHandle.current().pid()) {
                running.add(new Running(pid, jvm.displayName(), new JvmProcess(Path.of("/"), pid).hasVperf()));
            }
        }
        running.sort(Comparator.comparingLong(Running::pid));
        return running;
    }
}
