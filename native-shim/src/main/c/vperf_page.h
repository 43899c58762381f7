#ifndef VPERF_PAGE_H
#define VPERF_PAGE_H

#include "vperf_base.h"
#include "vperf_pmc.h"

/* The part used of struct perf_event_mmap_page, include/uapi/linux/perf_event.h; test_page.c holds it against that. */
struct vperf_page {
    uint32_t version;
    uint32_t compat_version;
    uint32_t lock;
    uint32_t index;
    int64_t offset;
    uint64_t time_enabled;
    uint64_t time_running;
    uint64_t capabilities;
    uint16_t pmc_width;
    uint16_t time_shift;
    uint32_t time_mult;
    uint64_t time_offset;
    uint64_t time_zero;
    uint32_t size;
    uint32_t reserved_1;
    uint64_t time_cycles;
    uint64_t time_mask;
};

/* Since Linux 3.12; before, the bits above meant something else. */
#define VPERF_CAP_BIT0_IS_DEPRECATED (1u << 1)
#define VPERF_CAP_USER_RDPMC (1u << 2)
#define VPERF_CAP_USER_TIME (1u << 3)
#define VPERF_CAP_USER_TIME_SHORT (1u << 5)

/* What the page is read together with: vperf_pmc() and vperf_tsc(), or a test's own, as most machines have no PMU. */
struct vperf_registers {
    int32_t (*counter)(uint32_t index, uint64_t *raw);
    uint64_t (*ticks)(void);
};

/* What a counter has counted since it was enabled, and for how long it has been enabled and has really counted. */
struct vperf_count {
    uint64_t value;
    uint64_t enabled_ns;
    uint64_t running_ns;
};

/*
 * Reads a counter of the calling thread by its page, as the kernel's header prescribes. Never blocks.
 *
 * The times are brought up to now only where they differ, which is where they are needed: those of a counter that
 * has never been taken off the processor are equal, and are given as they were when the thread was last switched in.
 *
 * Returns 0, or -EAGAIN with *count untouched where the page cannot tell now: the counter is not on the processor
 * (index 0), user space may not read it, the page changed under each of a few tries, or the times differ and the
 * page does not say how they go on.
 */
VPERF_INTERNAL int32_t vperf_page_read(const struct vperf_page *page, const struct vperf_registers *registers,
                                       struct vperf_count *count);

#endif
