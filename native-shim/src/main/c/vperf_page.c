#include "vperf_page.h"

#include <stdbool.h>

/* A page changes when its thread is switched in: twice during a reading is rare, and a third try cheaper than read(). */
#define MOST_TRIES 4

static bool has(uint64_t capabilities, uint64_t all)
{
    return (capabilities & all) == all;
}

/* The counter is signed and pmc_width bits wide: the kernel starts it below 0, so that it overflows in good time. */
static uint64_t sign_extended(uint64_t raw, uint32_t width)
{
    uint32_t unused = 64 - width;
    return (uint64_t)((int64_t)(raw << unused) >> unused);
}

/* Nanoseconds since the kernel wrote the page: "time_offset" in the header. */
static uint64_t elapsed_ns(const volatile struct vperf_page *page, uint64_t ticks)
{
    uint64_t shift = page->time_shift & 63;
    uint64_t mult = page->time_mult;
    if (has(page->capabilities, VPERF_CAP_USER_TIME_SHORT))
        ticks = page->time_cycles + ((ticks - page->time_cycles) & page->time_mask);
    uint64_t rest = ticks & (((uint64_t)1 << shift) - 1);
    return page->time_offset + (ticks >> shift) * mult + ((rest * mult) >> shift);
}

/* One try, to be believed only if the page stayed the same meanwhile. */
static int32_t look(const volatile struct vperf_page *page, const struct vperf_registers *registers,
                    struct vperf_count *count)
{
    uint64_t capabilities = page->capabilities;
    uint32_t index = page->index;
    uint32_t width = page->pmc_width;
    if (!has(capabilities, VPERF_CAP_BIT0_IS_DEPRECATED | VPERF_CAP_USER_RDPMC) || index == 0 || width == 0 ||
        width > 64)
        return -VPERF_EAGAIN;
    count->enabled_ns = page->time_enabled;
    count->running_ns = page->time_running;
    if (count->enabled_ns != count->running_ns) {
        if (!has(capabilities, VPERF_CAP_USER_TIME))
            return -VPERF_EAGAIN;
        uint64_t ns = elapsed_ns(page, registers->ticks());
        count->enabled_ns += ns;
        count->running_ns += ns;
    }
    uint64_t raw;
    if (registers->counter(index, &raw) != 0)
        return -VPERF_EAGAIN;
    count->value = (uint64_t)page->offset + sign_extended(raw, width);
    return 0;
}

int32_t vperf_page_read(const struct vperf_page *page, const struct vperf_registers *registers,
                        struct vperf_count *count)
{
    for (int tries = 0; tries < MOST_TRIES; tries++) {
        struct vperf_count seen;
        /* The kernel writes on the thread's own vCPU, where a compiler barrier would do; a test's writer does not. */
        uint32_t lock = __atomic_load_n(&page->lock, __ATOMIC_ACQUIRE);
        if (lock & 1)
            continue;
        int32_t status = look(page, registers, &seen);
        __atomic_thread_fence(__ATOMIC_ACQUIRE);
        if (__atomic_load_n(&page->lock, __ATOMIC_RELAXED) == lock) {
            if (status == 0)
                *count = seen;
            return status;
        }
    }
    return -VPERF_EAGAIN;
}
