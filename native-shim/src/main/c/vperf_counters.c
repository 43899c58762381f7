#include "vperf_counters.h"

#include <stdbool.h>

#include "vperf_page.h"
#include "vperf_tsc.h"

#define CLOCK_MONOTONIC 1

struct timespec64 {
    int64_t seconds;
    int64_t nanoseconds;
};

typedef int clock_gettime_function(int clock, struct timespec64 *time);
typedef int sched_getcpu_function(void);

/* What read() of a group's leader gives: PERF_FORMAT_GROUP | ID | TOTAL_TIME_ENABLED | TOTAL_TIME_RUNNING. */
struct group_reading {
    uint64_t events;
    uint64_t enabled_ns;
    uint64_t running_ns;
    struct {
        uint64_t value;
        uint64_t id;
    } event[VPERF_GROUP_EVENTS];
};

static int64_t system_read(int64_t fd, void *buffer, uint64_t bytes)
{
#if defined(__x86_64__)
    int64_t result;
    __asm__ volatile("syscall" : "=a"(result) : "a"(0L), "D"(fd), "S"(buffer), "d"(bytes) : "rcx", "r11", "memory");
    return result;
#else
    register int64_t x0 __asm__("x0") = fd;
    register void *x1 __asm__("x1") = buffer;
    register uint64_t x2 __asm__("x2") = bytes;
    register int64_t x8 __asm__("x8") = 63;
    __asm__ volatile("svc #0" : "+r"(x0) : "r"(x1), "r"(x2), "r"(x8) : "memory");
    return x0;
#endif
}

static void store(uint64_t *out, uint64_t slot, struct vperf_count count)
{
    uint64_t *words = out + VPERF_READING_HEADER + 3 * slot;
    words[0] = count.value;
    words[1] = count.enabled_ns;
    words[2] = count.running_ns;
}

/* Not vperf_tsc itself: the address of an exported function is the dynamic linker's to give. */
static uint64_t ticks(void)
{
    return vperf_tsc();
}

/* False where not every event of the group could be read so; read() has to tell all of them then. */
static bool read_by_pages(const struct vperf_counter_group *group, uint64_t *out)
{
    const struct vperf_registers registers = {vperf_pmc, ticks};
    uint64_t slots = 0;
    for (uint64_t i = 0; i < group->events; i++) {
        struct vperf_count count;
        const struct vperf_page *page = (const struct vperf_page *)(uintptr_t)group->event[i].page;
        if (page == 0 || vperf_page_read(page, &registers, &count) != 0)
            return false;
        store(out, group->event[i].slot, count);
        slots |= (uint64_t)1 << group->event[i].slot;
    }
    out[2] |= slots;
    return true;
}

static int32_t read_by_call(const struct vperf_counter_group *group, uint64_t *out)
{
    struct group_reading reading;
    int64_t bytes = system_read(group->fd, &reading, sizeof reading);
    if (bytes < 0)
        return (int32_t)bytes;
    if (bytes != (int64_t)(24 + 16 * group->events) || reading.events != group->events)
        return -VPERF_EIO;
    for (uint64_t i = 0; i < group->events; i++)
        store(out, group->event[i].slot,
              (struct vperf_count){reading.event[i].value, reading.enabled_ns, reading.running_ns});
    return 0;
}

static void read_wall_and_vcpu(const struct vperf_counters *counters, uint64_t *out)
{
    struct timespec64 now = {0, 0};
    ((clock_gettime_function *)(uintptr_t)counters->clock_gettime)(CLOCK_MONOTONIC, &now);
    out[0] = (uint64_t)(now.seconds * 1000000000 + now.nanoseconds);
    out[1] = (uint64_t)(int64_t)((sched_getcpu_function *)(uintptr_t)counters->sched_getcpu)();
}

int32_t vperf_counters_read(const struct vperf_counters *counters, int32_t wall_last, uint64_t *out)
{
    out[2] = 0;
    if (!wall_last)
        read_wall_and_vcpu(counters, out);
    vperf_pmc_fence();
    for (uint64_t i = 0; i < counters->groups; i++) {
        const struct vperf_counter_group *group = &counters->group[i];
        if (read_by_pages(group, out))
            continue;
        int32_t status = read_by_call(group, out);
        if (status != 0)
            return status;
    }
    if (wall_last)
        read_wall_and_vcpu(counters, out);
    return 0;
}
