package io.vperf.platform;

import io.vperf.shim.Capability;

/**
 * What a clock source is worth in a guest.
 *
 * @param good whether a reading is cheap and may be trusted
 * @param sentence what a reading costs and whether it is safe
 */
public record ClockQuality(boolean good, String sentence) {

    static Capability<ClockQuality> of(String clockSource) {
        return switch (clockSource) {
            case "tsc" ->
                good("read in user space in some 25 ns; the kernel watches it, and a live migration keeps it right only"
                        + " where the hypervisor scales and offsets the counter");
            case "kvm-clock" ->
                good("read in user space in some 30 ns where KVM calls it stable, else by a system call;"
                        + " safe in live migration, as the host keeps its page up to date");
            case "hyperv_clocksource_tsc_page" ->
                good("read in user space in some 30 ns; safe in live migration, as the host keeps its page up to date");
            case "arch_sys_counter" ->
                good("read in user space in some 30 ns, by a system call where the processor has an erratum;"
                        + " counts at one rate on all CPUs");
            case "timebase", "tod" -> good("read in user space in some 30 ns; counts at one rate on all CPUs");
            case "xen" ->
                slow("a system call of some 100 to 500 ns, in user space only since Linux 4.16 and where Xen calls it"
                        + " stable; safe in live migration");
            case "hyperv_clocksource_msr" -> slow("each reading is a VM exit of a microsecond or more; safe");
            case "acpi_pm", "hpet" ->
                slow(
                        "each reading is a system call and, in a guest, a VM exit: a microsecond or more; the kernel took it"
                                + " because it distrusts the TSC or has none");
            case "jiffies", "refined-jiffies" ->
                slow("no clock but a count of ticks, 1 to 10 ms apart, which a guest can lose");
            case "tsc-early" -> slow("a stand-in for the first second of a start");
            default -> Capability.unavailable("nothing is known here of the clock source " + clockSource, "");
        };
    }

    private static Capability<ClockQuality> good(String sentence) {
        return Capability.available(new ClockQuality(true, sentence));
    }

    private static Capability<ClockQuality> slow(String sentence) {
        return Capability.available(new ClockQuality(false, sentence));
    }
}
