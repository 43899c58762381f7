package io.vperf.platform;

/** The hypervisors that differ in how Linux learns of steal. */
enum HypervisorKind {
    /** None admits to be there. */
    NONE,
    KVM,
    XEN,
    HYPERV,
    VMWARE,
    /** A known one for which Linux has no steal clock on x86. */
    OTHER,
    UNKNOWN
}
