package io.vperf.shim;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a library may be put for a moment, best first. Containers often leave one of them only: /tmp is noexec, the
 * root file system read-only, or the user has no home.
 */
final class Folders {

    /** System properties or environment variables; null is an unset one. */
    interface Settings {
        @Nullable
        String get(String name);
    }

    private Folders() {}

    /** Those that exist, each once. */
    static List<Path> existing(Settings properties, Settings environment) {
        @Nullable String home = properties.get("user.home");
        @Nullable
        String[] names = {
            properties.get("java.io.tmpdir"),
            environment.get("XDG_RUNTIME_DIR"),
            "/dev/shm",
            "/var/tmp",
            home == null ? null : home + "/.cache",
            properties.get("user.dir")
        };
        List<Path> existing = new ArrayList<>();
        for (@Nullable String name : names) {
            Path folder = path(name);
            if (folder != null && Files.isDirectory(folder) && !existing.contains(folder)) {
                existing.add(folder);
            }
        }
        return existing;
    }

    /** Null where nothing is named, or a folder whose letters have no code in the JVM's locale. */
    private static @Nullable Path path(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            return null;
        }
        try {
            return Path.of(name).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            return null;
        }
    }
}
