package io.vperf.attach;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;

/** A JVM held by its attach socket for as long as something is asked there. */
final class Attachment {

    /** What is asked. */
    interface Asked<T> {
        T of(VirtualMachine jvm) throws IOException, RefusedException;
    }

    private Attachment() {}

    /**
     * Called once the process was looked at: see {@link JvmProcess}.
     *
     * @throws RefusedException of what is asked, or with why that JVM cannot be asked
     */
    static <T> T with(long pid, Asked<T> asked) throws RefusedException {
        try {
            VirtualMachine jvm = VirtualMachine.attach(Long.toString(pid));
            try {
                return asked.of(jvm);
            } finally {
                jvm.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new RefusedException(
                    "process " + pid + " cannot be attached to: " + e.getMessage(),
                    "it may hang, be in another container, or not be a HotSpot JVM");
        } catch (IOException e) {
            throw new RefusedException(
                    "process " + pid + " cannot be attached to: " + e.getMessage(),
                    "run this as the user that runs it, or as root");
        } catch (NoClassDefFoundError e) {
            throw new RefusedException(
                    "this Java runtime has no module jdk.attach", "run vperf.jar by the java of a JDK");
        }
    }
}
