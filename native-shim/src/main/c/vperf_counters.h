#ifndef VPERF_COUNTERS_H
#define VPERF_COUNTERS_H

#include "vperf_base.h"

/* Events in a group at most; more than any processor counts at a time. */
#define VPERF_GROUP_EVENTS 8

/* Linux's EIO: a group answered with something else than its events. */
#define VPERF_EIO 5

/* Words in front of the events' own in what vperf_counters_read() fills. */
#define VPERF_READING_HEADER 3

struct vperf_counter_event {
    uint64_t page; /* address of the event's mmap page; 0 in all events of a group that only read() can tell */
    uint64_t slot; /* which of the reading's events it is */
};

/* Events that the kernel puts on the processor together, opened with read_format GROUP, both times, and ID. */
struct vperf_counter_group {
    int64_t fd; /* of the leader */
    uint64_t events;
    struct vperf_counter_event event[VPERF_GROUP_EVENTS]; /* in the order in which they were opened */
};

/* One native thread's counters, written by Java, which alone uses all of it; CounterLayout.java is its twin. */
struct vperf_counters {
    uint64_t clock_gettime; /* addresses of the C library's functions: the shim itself links to none */
    uint64_t sched_getcpu;
    uint64_t groups;
    struct vperf_counter_group group[];
};

/*
 * Reads wall time, vCPU and all counters of the calling thread, which must be the one they were opened for.
 *
 *   out[0]  CLOCK_MONOTONIC in nanoseconds; read after the counters if wall_last is not 0, before them if it is
 *   out[1]  the vCPU the thread ran on beside that, or -1
 *   out[2]  bit n: the event of slot n was read by its page, not by read()
 *   out[3 + 3n], [4 + 3n], [5 + 3n]
 *           value, nanoseconds enabled, nanoseconds running of the event of slot n, since it was opened. Where bit n
 *           is set and both times are equal they are those of the thread's last switch; see vperf_page_read().
 *
 * Never allocates; blocks as long as a read() of a perf event may (another thread opens or closes events of this one).
 * Returns 0, or -errno of a group's read() (-EIO: it had other events), and out is then no reading.
 */
VPERF_EXPORT int32_t vperf_counters_read(const struct vperf_counters *counters, int32_t wall_last, uint64_t *out);

#endif
