package io.vperf.linux;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One line of mountinfo (proc_pid_mountinfo(5)).
 *
 * @param root what of the file system is mounted: {@code /} for all of it, else a folder or file in it. Of cgroup file
 *     systems as seen from the reader's cgroup namespace, so it may begin with {@code /..}
 * @param point where, absolute
 * @param type such as {@code ext4} or {@code cgroup2}; not empty
 * @param source a device or whatever the one who mounted it called it; may be empty
 * @param superOptions of the file system itself; those of {@code cgroup} name the controllers
 */
public record Mount(String root, String point, String type, String source, List<String> superOptions) {

    /** id, parent, device, root, mount point, options, optional fields, a hyphen, type, source, options. */
    private static final int ROOT = 3;

    private static final int POINT = 4;
    private static final int FIRST_OPTIONAL = 6;

    public Mount {
        superOptions = List.copyOf(superOptions);
    }

    static Optional<Mount> parse(String line) {
        String[] fields = line.split(" ", -1);
        // The optional fields are as many as the kernel likes; a lone hyphen ends them.
        for (int i = FIRST_OPTIONAL; i + 1 < fields.length; i++) {
            if (fields[i].equals("-")) {
                return fields[i + 1].isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Mount(
                                plain(fields[ROOT]),
                                plain(fields[POINT]),
                                fields[i + 1],
                                i + 2 < fields.length ? plain(fields[i + 2]) : "",
                                i + 3 < fields.length ? Arrays.asList(fields[i + 3].split(",", -1)) : List.of()));
            }
        }
        return Optional.empty();
    }

    /** White space and backslash are written in octal ({@code mangle_path}, fs/seq_file.c). */
    private static String plain(String field) {
        return field.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }
}
