package io.vperf.shim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The natives of the test's own class loader, for tests of what they do once loaded. */
final class Loaded {

    private Loaded() {}

    static Natives natives() {
        assumeTrue(System.getProperty("os.name", "").equals("Linux"), "native code runs on Linux only");
        return value(Natives.load(Natives.defaultFolders()));
    }

    static Shim shim() {
        Capability<Shim> shim = natives().shim();
        if (shim instanceof Capability.Unavailable<Shim> missing) {
            assumeTrue(!missing.reason().contains("is missing:"), missing.reason());
        }
        return value(shim);
    }

    /** A page for the calling native thread. Skips the test where the machine forbids perf events. */
    static PerfPage page(PerfPages pages) {
        Capability<PerfPage> page = pages.open();
        if (page instanceof Capability.Unavailable<PerfPage> refused) {
            assumeTrue(!refused.reason().matches(".*E(PERM|ACCES|NOSYS).*"), refused.reason());
        }
        return value(page);
    }

    static <T> T value(Capability<T> capability) {
        assertThat(capability).isInstanceOf(Capability.Available.class);
        return ((Capability.Available<T>) capability).value();
    }

    static String reason(Capability<?> capability) {
        assertThat(capability).isInstanceOf(Capability.Unavailable.class);
        return ((Capability.Unavailable<?>) capability).reason();
    }
}
