package io.vperf.linux;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;

/** File system trees of machines of many kinds; the README beside them says where each comes from. */
public final class Machines {

    private Machines() {}

    /** The root of a machine's tree. */
    public static Path root(String machine) {
        try {
            URL url = Objects.requireNonNull(Machines.class.getResource("/machines/" + machine), machine);
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
