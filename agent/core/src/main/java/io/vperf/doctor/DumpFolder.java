package io.vperf.doctor;

import io.vperf.config.DumpPath;
import io.vperf.config.Options;
import io.vperf.config.Output;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;

/** Whether dumps can be written where they would be; nothing is written for it. */
final class DumpFolder {

    private DumpFolder() {}

    static Finding examine(Options options, String host) {
        if (!(options.dump() instanceof Output.ToFile file)) {
            return Finding.limited(Examination.DUMP, "dumps are switched off by dump=off", "Remove dump=off.");
        }
        String path = DumpPath.expand(file.path(), host, ProcessHandle.current().pid(), Instant.now());
        Path folder = Objects.requireNonNullElse(
                Path.of(path).toAbsolutePath().normalize().getParent(), Path.of("/"));
        if (!Files.isDirectory(folder)) {
            return new Finding(
                    Examination.DUMP,
                    Verdict.IMPOSSIBLE,
                    folder + " is no folder",
                    "Make it, or name another with dump=.");
        }
        // access(2): it knows of read-only file systems too.
        return Files.isWritable(folder)
                ? Finding.ok(Examination.DUMP, folder + " can be written")
                : new Finding(
                        Examination.DUMP,
                        Verdict.IMPOSSIBLE,
                        folder + " cannot be written by this user",
                        "Start the JVM in another folder, or name one with dump=FOLDER/vperf-%p.hlog.");
    }
}
