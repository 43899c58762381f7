package io.vperf.launcher;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;

/** vperf.jar itself, wherever the user keeps it and whatever it is called. */
final class OwnJar {

    private OwnJar() {}

    static Path path() {
        CodeSource source = OwnJar.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            throw new IllegalStateException("cannot tell where vperf.jar lies: its classes carry no code source");
        }
        try {
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("cannot read the path of vperf.jar: " + source.getLocation(), e);
        }
    }
}
