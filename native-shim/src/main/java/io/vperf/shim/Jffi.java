package io.vperf.shim;

import com.kenai.jffi.MemoryIO;
import java.lang.reflect.Field;
import java.nio.file.Path;

/**
 * Brings jffi's native half to life from a file of our choice. Left alone jffi takes whatever the thread's context class
 * loader, {@code jffi.boot.library.path} and {@code java.library.path} offer, which may be the application's other version;
 * and its StubLoader initialises java.util.logging, which reads the application's configuration too early, prints where the
 * log manager is one that only the application finds, and may not be in the JVM at all (jlink).
 *
 * <p>Relied upon, and true of jffi 1.4.3:
 *
 * <ol>
 *   <li>The JVM binds native methods to the libraries that a class of the same loader has loaded; who loaded them, and from
 *       what file, does not matter.
 *   <li>{@code com.kenai.jffi.Init} asks StubLoader to load, unless its flag {@code loaded} is set; nobody else asks it.
 *   <li>glibc (2.36) leaves the part of a library mapped that came before the one a noexec folder refused: a trial there
 *       costs 116 kB of address space and keeps that file system busy until the process ends.
 * </ol>
 */
final class Jffi {

    static final String FILE_NAME = "libjffi-1.2.so";

    private Jffi() {}

    /**
     * Loads jffi's library for this class loader.
     *
     * @throws UnsatisfiedLinkError where the library cannot be mapped, as in a folder mounted noexec
     * @throws ReflectiveOperationException where jffi is another version, without the flag
     */
    static void load(Path library) throws ReflectiveOperationException {
        System.load(library.toString()); // 1
        Field loaded = Class.forName("com.kenai.jffi.Init").getDeclaredField("loaded");
        loaded.setAccessible(true);
        loaded.setBoolean(null, true); // 2
        MemoryIO.getInstance(); // fails here, not at the first measured call
    }
}
