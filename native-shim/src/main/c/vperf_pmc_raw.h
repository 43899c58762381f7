#ifndef VPERF_PMC_RAW_H
#define VPERF_PMC_RAW_H

#include "vperf_base.h"

/*
 * Runs RDPMC with `index` as it is and writes what it answers. Where the processor or the hypervisor knows no such
 * counter, or does not let user space read any, it ends the process (SIGSEGV): try it in another one first.
 *
 * Returns 0, or -ENOSYS with value untouched where the processor is not x86-64.
 */
VPERF_EXPORT int32_t vperf_pmc_raw(uint32_t index, uint64_t *value);

#endif
