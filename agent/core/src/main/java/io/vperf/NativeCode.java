package io.vperf;

import io.vperf.config.Options;
import io.vperf.shim.Capability;
import io.vperf.shim.Natives;
import java.nio.file.Path;
import java.util.List;

/** Native code as the options want it. */
public final class NativeCode {

    private NativeCode() {}

    public static Capability<Natives> load(Options options) {
        if (!options.nativeCode()) {
            return Capability.unavailable("switched off by native=off", "remove native=off");
        }
        return Natives.load(
                options.nativeDir().isEmpty() ? Natives.defaultFolders() : List.of(Path.of(options.nativeDir())));
    }
}
