#ifndef VPERF_VERSION_H
#define VPERF_VERSION_H

#include "vperf_base.h"

/* Raised whenever an exported function is added, removed or changes its meaning; Shim.java holds its twin. */
#ifndef VPERF_ABI_VERSION
#define VPERF_ABI_VERSION 3
#endif

/* The first call Java makes: a library that answers another number is not used. */
VPERF_EXPORT int32_t vperf_abi_version(void);

#endif
