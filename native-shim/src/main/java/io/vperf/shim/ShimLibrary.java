package io.vperf.shim;

import java.nio.file.Path;
import jnr.ffi.LibraryLoader;

/** Binds the C shim, when the build made one for this processor. */
final class ShimLibrary {

    private ShimLibrary() {}

    /** Never throws: without the shim there is still the C library, which gives the CPU clocks. */
    static Capability<Shim> load(Bundle bundle, String processor, Extraction files) {
        try {
            Capability<String> resource = bundle.shimResource(processor);
            if (resource instanceof Capability.Unavailable<String> missing) {
                return Capability.unavailable(missing.reason(), missing.remedy());
            }
            String name = ((Capability.Available<String>) resource).value();
            Path file = files.extract(bundle.resources(), name, "libvperf-shim.so");
            Shim shim = LibraryLoader.create(Shim.class).failImmediately().load(file.toString());
            int version = shim.vperf_abi_version();
            return version == Shim.ABI_VERSION
                    ? Capability.available(shim)
                    : Capability.unavailable(
                            "the C shim speaks version " + version + ", its Java half " + Shim.ABI_VERSION,
                            "Build vperf anew: its parts come from different builds.");
        } catch (Throwable e) {
            return Capability.unavailable("the C shim could not be loaded: " + e, "");
        }
    }
}
