package io.vperf.doctor;

import io.vperf.config.Options;
import io.vperf.config.Output;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether dumps can be written where they would be; nothing is written for it. */
final class DumpFolder {

    private DumpFolder() {}

    static Finding examine(Options options) {
        if (!(options.dump() instanceof Output.ToFile file)) {
            return Finding.limited(Examination.DUMP, "dumps are switched off by dump=off", "Remove dump=off.");
        }
        // The part of the path with %p and the like in it is made of names that are not known yet.
        String fixed = file.path().replaceAll("%.*", "");
        int end = fixed.lastIndexOf(File.separatorChar);
        Path folder = Path.of(end < 0 ? "." : end == 0 ? "/" : fixed.substring(0, end))
                .toAbsolutePath()
                .normalize();
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
