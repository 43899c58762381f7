package io.vperf.network;

import io.vperf.linux.KernelFile;
import io.vperf.shim.Capability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An interface, told apart from earlier ones of the same name.
 *
 * @param index no two interfaces of a network namespace have the same, not one after the other either; empty where sysfs does not
 *     tell, as in a container with another's sysfs
 * @param driver of its device, else its kind; null where nobody says
 * @param hasDevice whether there is a device behind it: a card, or what the hypervisor gives for one
 */
record InterfaceName(String name, String index, @Nullable String driver, boolean hasDevice) {

    /** Of which sysfs says nothing. */
    static InterfaceName only(String name) {
        return new InterfaceName(name, "", null, false);
    }

    /** Reads it, or as much as can have changed since. */
    static InterfaceName read(Path folders, String name, @Nullable InterfaceName before) {
        Path folder = folders.resolve(name);
        String index = text(folder.resolve("ifindex"));
        if (before != null && before.index.equals(index)) {
            return before;
        }
        Path device = folder.resolve("device");
        String driver = line(device.resolve("uevent"), "DRIVER=");
        if (driver == null) {
            driver = linked(device.resolve("driver"));
        }
        if (driver == null) {
            driver = line(folder.resolve("uevent"), "DEVTYPE=");
        }
        return new InterfaceName(name, index, driver, Files.isDirectory(device));
    }

    private static String text(Path file) {
        return KernelFile.value(file) instanceof Capability.Available<String> read ? read.value() : "";
    }

    private static @Nullable String line(Path file, String key) {
        if (KernelFile.headText(file, 4096) instanceof Capability.Available<String> read) {
            return read.value()
                    .lines()
                    .filter(line -> line.startsWith(key))
                    .map(line -> line.substring(key.length()).strip())
                    .filter(value -> !value.isEmpty())
                    .findFirst()
                    .orElse(null);
        }
        return null;
    }

    private static @Nullable String linked(Path link) {
        try {
            Path target = Files.readSymbolicLink(link).getFileName();
            return target == null ? null : target.toString();
        } catch (IOException | RuntimeException e) {
            return null; // no link, then there is no driver
        }
    }
}
