#ifndef VPERF_THREAD_H
#define VPERF_THREAD_H

#include "vperf_base.h"

/*
 * The calling native thread's thread pointer: what __rseq_offset counts from. Unique among live threads,
 * reused after a thread has ended, and of the carrier where the caller is a virtual thread.
 */
VPERF_EXPORT uint64_t vperf_thread_pointer(void);

#endif
