#ifndef VPERF_PMC_H
#define VPERF_PMC_H

#include "vperf_base.h"

/* Linux's EAGAIN: not readable now. */
#define VPERF_EAGAIN 11

/*
 * Reads the counter that `index` of a perf page stands for, as wide as the page's pmc_width says. Ends the process
 * (SIGSEGV, SIGILL) unless the page has cap_user_rdpmc and the index is not 0.
 *
 * Returns 0, or -EAGAIN where user space has no such register.
 */
VPERF_INTERNAL int32_t vperf_pmc(uint32_t index, uint64_t *raw);

/* Waits until the instructions before it are done, for counters count what has retired. */
VPERF_INTERNAL void vperf_pmc_fence(void);

#endif
