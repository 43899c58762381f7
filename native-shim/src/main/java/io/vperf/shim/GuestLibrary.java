package io.vperf.shim;

import java.util.List;
import java.util.StringJoiner;
import jnr.ffi.LibraryLoader;

/** Binds VMware's guest library, where there is one. */
public final class GuestLibrary {

    /** As VMware's own tools name it, and as open-vm-tools do. */
    public static final List<String> NAMES = List.of("libvmGuestLib.so", "libguestlib.so.0");

    private GuestLibrary() {}

    /**
     * Loads the first there is; never throws.
     *
     * @param natives not used, but its being there means that jffi is loaded
     * @param names paths, or names for the dynamic linker to look for
     */
    public static Capability<GuestLib> load(Natives natives, List<String> names) {
        StringJoiner failures = new StringJoiner("; ");
        for (String name : names) {
            try {
                return Capability.available(
                        LibraryLoader.create(GuestLib.class).failImmediately().load(name));
            } catch (Throwable e) {
                failures.add(name + ": " + e.getMessage());
            }
        }
        return Capability.unavailable(
                "VMware's guest library could not be loaded: "
                        + failures.toString().replace('\n', ' '),
                "install open-vm-tools, or name the library with vmware.library=");
    }
}
