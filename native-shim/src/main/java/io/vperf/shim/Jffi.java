package io.vperf.shim;

import com.kenai.jffi.MemoryIO;
import com.kenai.jffi.internal.StubLoader;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Brings jffi's native half to life from a file of our choice. Left alone jffi takes whatever
 * {@code jffi.boot.library.path} and {@code java.library.path} offer, which may be the application's other version.
 *
 * <p>Relied upon, and true of jffi 1.4.3:
 *
 * <ol>
 *   <li>StubLoader loads in its static initialiser, once per class loader, and remembers a failure for ever. So a
 *       folder is proven by a load of our own before StubLoader sees it.
 *   <li>The JVM takes a second load of one file by one class loader for done. So the proof costs nothing.
 *   <li>StubLoader looks into {@code jffi.boot.library.path} before anything else.
 *   <li>jffi's own classes look for StubLoader in the thread's context class loader first, where the application's may
 *       be; once, when the first of them needs native code.
 *   <li>glibc (2.36) leaves the part of a library mapped that came before the one a noexec folder refused: a trial there
 *       costs 116 kB of address space and keeps that file system busy until the process ends.
 * </ol>
 *
 * <p>Unavoidable: StubLoader asks for a java.util.logging Logger, so java.util.logging is initialised with it.
 */
final class Jffi {

    static final String FILE_NAME = "libjffi-1.2.so";

    private static final String BOOT_PATH = "jffi.boot.library.path";

    private Jffi() {}

    /**
     * Loads jffi's library for this class loader.
     *
     * @throws UnsatisfiedLinkError where the library cannot be mapped, as in a folder mounted noexec
     */
    static void load(Path library) {
        System.load(library.toString()); // 1, 2
        Thread thread = Thread.currentThread();
        @Nullable ClassLoader applicationsLoader = thread.getContextClassLoader();
        @Nullable String applicationsPath = System.getProperty(BOOT_PATH);
        try {
            thread.setContextClassLoader(Jffi.class.getClassLoader()); // 4
            System.setProperty(BOOT_PATH, String.valueOf(library.getParent())); // 3
            if (!StubLoader.isLoaded()) {
                throw new UnsatisfiedLinkError("jffi did not load: " + StubLoader.getFailureCause());
            }
            MemoryIO.getInstance(); // 4: the first that needs it
        } finally {
            thread.setContextClassLoader(applicationsLoader);
            if (applicationsPath == null) {
                System.clearProperty(BOOT_PATH);
            } else {
                System.setProperty(BOOT_PATH, applicationsPath);
            }
        }
    }
}
