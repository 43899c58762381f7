package io.vperf.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.shim.Capability;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** No text makes a parser throw or report what the text does not hold. */
class ReadersPropertyTest {

    @Property
    void shouldReportOnlyMountTypesOfTheText(@ForAll("texts") String text) {
        MountInfo.parse(text)
                .typeAt("/proc/stat")
                .ifPresent(type -> assertThat(text).contains(type));
    }

    @Property
    void shouldFindOnlyParametersOfTheText(@ForAll("texts") String text) {
        if (KernelCommandLine.parse(text).has("flags")) {
            assertThat(text.replace("\"", "")).contains("flags");
        }
    }

    @Property
    void shouldReportOnlyProcessorFieldsOfTheText(@ForAll("texts") String text) {
        CpuInfo info = CpuInfo.parse(text);
        if (info.vendorId() instanceof Capability.Available<String> vendor) {
            assertThat(text).contains(vendor.value());
        }
        if (info.hypervisor() instanceof Capability.Available<Boolean> flag && flag.value()) {
            assertThat(text).contains("hypervisor");
        }
    }

    @Property
    void shouldFindOnlyOptionsOfTheText(@ForAll("texts") String text) {
        if (KernelConfigFiles.parse("x", text.getBytes(StandardCharsets.UTF_8))
                        instanceof Capability.Available<KernelConfig> config
                && config.value().isSet("CONFIG_A")) {
            assertThat(text).contains("CONFIG_A=");
        }
    }

    @Property
    void shouldUnpackAnyBytesOrSayWhyNot(@ForAll byte[] bytes) {
        byte[] packed = new byte[bytes.length + 2];
        packed[0] = (byte) 0x1f;
        packed[1] = (byte) 0x8b;
        System.arraycopy(bytes, 0, packed, 2, bytes.length);
        assertThat(KernelConfigFiles.parse("x", packed)).isInstanceOf(Capability.Unavailable.class);
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> pieces = Arbitraries.of(
                        "1 0 0:1 / /proc/stat rw",
                        " - ",
                        "fuse.lxcfs",
                        " ",
                        "\n",
                        "\t",
                        ":",
                        "=",
                        "\"",
                        "--",
                        "flags",
                        "vendor_id",
                        "model name",
                        "hypervisor",
                        "CONFIG_A",
                        "y",
                        "m",
                        "\0",
                        "\u00e9")
                .list()
                .ofMaxSize(20)
                .map(list -> String.join("", list));
        return Arbitraries.oneOf(pieces, Arbitraries.strings().ofMaxLength(100));
    }
}
