#ifndef VPERF_BASE_H
#define VPERF_BASE_H

/*
 * What every file of the shim needs. The shim is freestanding: it calls no libc and holds no state, so
 * the same library runs under glibc and musl and may be called from any thread at any time.
 */

#include <stdint.h>

/* Everything else is hidden (-fvisibility=hidden); exports.txt lists what carries this mark. */
#define VPERF_EXPORT __attribute__((visibility("default")))

/* Said of what one file of the shim takes from another, for its address to be known without the dynamic linker. */
#define VPERF_INTERNAL __attribute__((visibility("hidden")))

/* Linux's ENOSYS, the same on x86-64 and aarch64: this processor has no such thing. */
#define VPERF_ENOSYS 38

#if !defined(__x86_64__) && !defined(__aarch64__)
#error "the shim knows x86-64 and aarch64 only; port vperf_tsc.c and vperf_thread.c first"
#endif

#endif
