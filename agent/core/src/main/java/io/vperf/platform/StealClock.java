package io.vperf.platform;

/** Whether the hypervisor tells this guest how long it kept each vCPU waiting. */
enum StealClock {
    OFFERED,
    NOT_OFFERED,
    UNKNOWN
}
