package io.vperf.platform;

import io.vperf.linux.KernelRelease;
import java.util.Optional;

/**
 * What a kernel's name suggests about CONFIG_PARAVIRT_TIME_ACCOUNTING. A hint and no more: rebuilt kernels keep the name,
 * and the same name means another configuration on another architecture.
 */
final class KernelFlavour {

    private static final String OPTION = "CONFIG_PARAVIRT_TIME_ACCOUNTING";

    private KernelFlavour() {}

    /** A sentence, where the name suggests something. */
    static Optional<String> hint(KernelRelease kernel) {
        String release = kernel.release();
        if (release.matches(".*[.]el\\d+([._].*)?")) {
            return Optional.of(usually("the Red Hat family", true));
        }
        if (release.contains("amzn")) {
            return Optional.of(usually("Amazon Linux", true));
        }
        if (release.matches(".*el\\d+uek.*")) {
            return Optional.of(usually("Oracle's UEK", true));
        }
        if (kernel.version().contains("Ubuntu")) {
            return Optional.of(usually("Ubuntu", false));
        }
        if (kernel.version().contains("Debian")) {
            return Optional.of(usually("Debian", false));
        }
        return Optional.empty();
    }

    private static String usually(String whose, boolean set) {
        return "a hint only: the kernel's name is of " + whose + ", whose x86 kernels are usually built "
                + (set ? "with " : "without ") + OPTION + " (CPU time " + (set ? "excludes" : "includes") + " steal)";
    }
}
