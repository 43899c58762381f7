package io.vperf.launcher;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;

/** vperf.jar itself, wherever the user keeps it and whatever it is called. */
final class OwnJar {

    private OwnJar() {}

    static Path path() {
        CodeSource source = OwnJar.class.getProtectionDomain().getCodeSource();
        try {
            return Path.of((source == null ? onBootClassPath() : source.getLocation()).toURI());
        } catch (URISyntaxException | IOException e) {
            throw new IllegalStateException("cannot tell where vperf.jar lies", e);
        }
    }

    /** -Xbootclasspath/a:vperf.jar: these very classes are the boot loader's, which gives no code source. */
    private static URL onBootClassPath() throws IOException {
        URL self = OwnJar.class.getResource("OwnJar.class");
        if (self == null || !(self.openConnection() instanceof JarURLConnection inJar)) {
            throw new IOException("its classes are read from " + self + ", which is no jar");
        }
        return inJar.getJarFileURL();
    }
}
