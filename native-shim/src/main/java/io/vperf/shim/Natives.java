package io.vperf.shim;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import jnr.ffi.LibraryLoader;
import org.jspecify.annotations.Nullable;

/**
 * Native code, ready to be called: the C library and, where the build made one, the shim. Loaded when the first
 * measured class is seen, by whatever thread sees it; safe for any thread afterwards.
 *
 * <p>Loading asks little of the machine: one folder that can be written and is not mounted noexec, for a moment. It
 * throws nothing, prints nothing, leaves no file behind and no system property changed.
 */
public final class Natives {

    private static final String REMEDY =
            "Point -Djava.io.tmpdir at a folder this user can write to and which is not mounted noexec.";

    /** jffi loads once per class loader, so what came of it belongs to the class loader too. Failures may be retried. */
    private static @Nullable Natives loaded;

    private final LibC libc;
    private final Capability<Shim> shim;

    /** By their size. */
    private final Map<Integer, Queue<NativeMemory>> givenBack = new ConcurrentHashMap<>();

    private @Nullable Capability<Rseq> rseq;

    private Natives(LibC libc, Capability<Shim> shim) {
        this.libc = libc;
        this.shim = shim;
    }

    /**
     * Loads through the first of these folders that works. After a success every further call answers with the same.
     *
     * @param folders tried in this order; those that fail are named in the reason
     */
    public static Capability<Natives> load(List<Path> folders) {
        return load(folders, Bundle.here());
    }

    static synchronized Capability<Natives> load(List<Path> folders, Bundle bundle) {
        if (loaded != null) {
            return Capability.available(loaded);
        }
        Capability<Natives> outcome = bundle.processor().then(processor -> loadFromFirst(folders, bundle, processor));
        if (outcome instanceof Capability.Available<Natives> natives) {
            loaded = natives.value();
            Futex.by(loaded.libc);
        }
        return outcome;
    }

    private static Capability<Natives> loadFromFirst(List<Path> folders, Bundle bundle, String processor) {
        StringJoiner failures = new StringJoiner("; ");
        failures.setEmptyValue("no folder was given");
        for (Path folder : folders) {
            try {
                return Capability.available(loadFrom(folder, bundle, processor));
            } catch (Throwable e) {
                // Errors too: a library that cannot be mapped is an UnsatisfiedLinkError, jffi's failure another one.
                failures.add(folder + ": " + e);
            }
        }
        return Capability.unavailable("jffi's native library could not be loaded: " + failures, REMEDY);
    }

    /** What {@link #load} is given unless the user names a folder: temp, run-time, shared memory, home, working folder. */
    public static List<Path> defaultFolders() {
        return Folders.existing(System::getProperty, System::getenv);
    }

    private static Natives loadFrom(Path folder, Bundle bundle, String processor) throws Exception {
        try (Extraction files = Extraction.in(folder)) {
            Jffi.load(files.extract(bundle.resources(), Bundle.jffiResource(processor), Jffi.FILE_NAME));
            // By its soname, which musl answers to as well: for "c" JNR would search every library folder.
            LibC libc = LibraryLoader.create(LibC.class).failImmediately().load("libc.so.6");
            return new Natives(libc, ShimLibrary.load(bundle, processor, files));
        }
    }

    public LibC libc() {
        return libc;
    }

    /** The shim, or why this build has none for this processor. */
    public Capability<Shim> shim() {
        return shim;
    }

    /** CPUID, or why there is none: another processor, or no shim. */
    public Capability<Cpuid> cpuid() {
        return shim.then(Cpuid::of);
    }

    /** Restartable sequences, or why there are none. Threads keep their registration, so there is one for the process. */
    public synchronized Capability<Rseq> rseq() {
        if (rseq == null) {
            rseq = Rseq.of(libc, shim);
        }
        return rseq;
    }

    /** A block of zeros for native calls, perhaps one that was given back. Never freed: meant for a few blocks per native thread or process. */
    public NativeMemory allocate(int bytes) {
        NativeMemory used = givenBack(bytes).poll();
        if (used == null) {
            return NativeMemory.allocate(bytes);
        }
        used.clear();
        return used;
    }

    /** To be allocated again, by another thread or in another run of vperf. Nobody may read or write it any more. */
    public void giveBack(NativeMemory block) {
        givenBack(block.buffer().capacity()).add(block);
    }

    private Queue<NativeMemory> givenBack(int bytes) {
        return givenBack.computeIfAbsent(bytes, size -> new ConcurrentLinkedQueue<>());
    }

    /**
     * Memory the kernel or a library owns, such as an rseq area or a perf page, in the processor's byte order. Reading
     * it after its owner has unmapped it ends the process.
     */
    public ByteBuffer view(long address, int bytes) {
        return NativeMemory.view(address, bytes);
    }
}
