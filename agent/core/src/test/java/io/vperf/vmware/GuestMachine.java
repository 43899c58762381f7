package io.vperf.vmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vperf.shim.Capability;
import io.vperf.shim.Cpuid;
import io.vperf.shim.Natives;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A virtual machine that is played by {@code guestlib_vm.c}; without a C compiler or native code tests are skipped. */
final class GuestMachine {

    private GuestMachine() {}

    /** @param traits what goes wrong in it, as the source says: {@code MOVED_AT=3} */
    static Capability<Vmware> open(Path folder, String... traits) {
        Path library = compile(folder, traits);
        return Vmware.open(natives(), library.toString(), Capability.available(false));
    }

    static Vmware opened(Path folder, String... traits) {
        Capability<Vmware> opened = open(folder, traits);
        assertThat(opened).isInstanceOf(Capability.Available.class);
        return ((Capability.Available<Vmware>) opened).value();
    }

    static Capability<Natives> natives() {
        Capability<Natives> natives = Natives.load(Natives.defaultFolders());
        assumeTrue(natives instanceof Capability.Available, () -> "no native code: " + natives);
        return natives;
    }

    /** Whether the machine that the test runs on is one. */
    static boolean isVmware() {
        return natives().then(Natives::cpuid).then(Cpuid::hypervisorVendor)
                        instanceof Capability.Available<String> vendor
                && vendor.value().equals("VMwareVMware");
    }

    private static Path compile(Path folder, String... traits) {
        Path library = folder.resolve("libguest" + String.join("-", traits) + ".so");
        List<String> command = new ArrayList<>(List.of("cc", "-O2", "-Wall", "-Wextra", "-shared", "-fPIC"));
        for (String trait : traits) {
            command.add("-D" + trait);
        }
        command.addAll(List.of("-o", library.toString(), "src/test/c/guestlib_vm.c"));
        try {
            Process cc = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(cc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(cc.waitFor()).as(said).isZero();
        } catch (IOException e) {
            assumeTrue(false, "no C compiler (cc): " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return library;
    }
}
