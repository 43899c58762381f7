package io.vperf.shim;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The native libraries on the class path, and the machine one is wanted for.
 *
 * @param osName the system property {@code os.name}
 * @param osArch the system property {@code os.arch}
 * @param resources where the libraries are read from
 */
record Bundle(String osName, String osArch, Resources resources) {

    private static final String SHIM_FOLDER = "/io/vperf/shim/";

    /** Opens a resource by its absolute name, or answers null where there is none. */
    interface Resources {
        @Nullable
        InputStream open(String name);
    }

    /** This machine, and the libraries beside this very class: the application's own jffi is never looked at. */
    static Bundle here() {
        return new Bundle(
                System.getProperty("os.name", ""),
                System.getProperty("os.arch", ""),
                // No method reference: to a method that looks at its caller it takes 9 ms of a start.
                name -> Bundle.class.getResourceAsStream(name));
    }

    /** The processor as jffi and the shim name it. */
    Capability<String> processor() {
        if (!osName.equals("Linux")) {
            return Capability.unavailable("native code runs on Linux, this is " + osName, "");
        }
        return switch (osArch) {
            case "amd64", "x86_64" -> Capability.available("x86_64");
            case "aarch64", "arm64" -> Capability.available("aarch64");
            default -> Capability.unavailable("no native code for the processor " + osArch, "");
        };
    }

    static String jffiResource(String processor) {
        return "/jni/" + processor + "-Linux/libjffi-1.2.so";
    }

    /** What the build says of this processor's shim: its resource name, or why it was not built. */
    Capability<String> shimResource(String processor) throws IOException {
        String platform = "linux-" + processor;
        Properties built = new Properties();
        try (InputStream stream = resources.open(SHIM_FOLDER + "shims.properties")) {
            if (stream != null) {
                built.load(stream);
            }
        }
        String state = built.getProperty(platform, "missing: the build made no shims");
        return state.equals("present")
                ? Capability.available(SHIM_FOLDER + platform + "/libvperf-shim.so")
                : Capability.unavailable(
                        "the C shim for " + platform + " is " + state,
                        "Build vperf on Linux with a C compiler for " + processor + ".");
    }
}
