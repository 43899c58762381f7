#ifndef VPERF_CPUID_H
#define VPERF_CPUID_H

#include "vperf_base.h"

/*
 * Runs CPUID and writes EAX, EBX, ECX, EDX, in this order, to registers[0..3].
 *
 * A leaf above the highest one is not refused by the processor: Intel answers with the data of its highest
 * basic leaf, AMD with zeros. The caller compares with EAX of leaf 0, 0x40000000 or 0x80000000 first.
 * In a guest every call is a VM exit of a microsecond or more.
 *
 * Returns 0, or -ENOSYS with registers untouched where the processor is not x86-64.
 */
VPERF_EXPORT int32_t vperf_cpuid(uint32_t leaf, uint32_t subleaf, uint32_t *registers);

#endif
