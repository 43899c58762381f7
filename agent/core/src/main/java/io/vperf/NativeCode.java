package io.vperf;

import io.vperf.config.Options;
import io.vperf.health.Log;
import io.vperf.shim.Capability;
import io.vperf.shim.Natives;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Native code as the options want it. */
public final class NativeCode {

    private static final String REMEDY =
            "name a folder with native-dir= that this JVM's user can write to and that is not"
                    + " mounted noexec, or remove native-dir";

    private NativeCode() {}

    public static Capability<Natives> load(Options options) {
        if (!options.nativeCode()) {
            return Capability.unavailable("switched off by native=off", "remove native=off");
        }
        if (options.nativeDir().isEmpty()) {
            return Natives.load(Natives.defaultFolders());
        }
        Path folder = Path.of(options.nativeDir());
        if (!Files.isDirectory(folder)) {
            return Capability.unavailable("native-dir=" + folder + " is no folder", REMEDY);
        }
        Capability<Natives> loaded = Natives.load(List.of(folder));
        return loaded instanceof Capability.Unavailable<Natives> none
                ? Capability.unavailable(none.reason(), REMEDY)
                : loaded;
    }

    /**
     * Says that the folder somebody has chosen will not do, and what takes the place of native code. Where nobody has, the
     * head of the report tells it.
     *
     * @param cpuTime the source of CPU time in this run
     */
    static void tell(Options options, Capability<Natives> natives, String cpuTime, Log log) {
        if (options.nativeCode()
                && !options.nativeDir().isEmpty()
                && natives instanceof Capability.Unavailable<Natives> none) {
            log.info("no native code in this run: " + none.reason() + "; CPU time: " + cpuTime
                    + ", steal: unknown. To have it, " + none.remedy());
        }
    }
}
