#include <errno.h>
#include <inttypes.h>
#include <linux/perf_event.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>

#include <pthread.h>
#include <sched.h>

#include "check.h"
#include "vperf_page.h"

#define SAME_PLACE(field, theirs)                                                                 \
    _Static_assert(offsetof(struct vperf_page, field) == offsetof(struct perf_event_mmap_page, theirs), #field)

SAME_PLACE(lock, lock);
SAME_PLACE(index, index);
SAME_PLACE(offset, offset);
SAME_PLACE(time_enabled, time_enabled);
SAME_PLACE(time_running, time_running);
SAME_PLACE(capabilities, capabilities);
SAME_PLACE(pmc_width, pmc_width);
SAME_PLACE(time_shift, time_shift);
SAME_PLACE(time_mult, time_mult);
SAME_PLACE(time_offset, time_offset);
SAME_PLACE(time_zero, time_zero);
SAME_PLACE(size, size);
/* time_cycles and time_mask came with Linux 5.12, after the headers of some machines that build this. */
_Static_assert(offsetof(struct vperf_page, time_cycles) == 80 && offsetof(struct vperf_page, time_mask) == 88, "");

static struct vperf_page page;
static uint64_t register_value;
static uint32_t register_index;
static int registers_read;
static int changes_left; /* how many more register reads the "kernel" changes the page under */
static uint64_t ticks_now;
static int ticks_read;

static int32_t read_register(uint32_t index, uint64_t *raw)
{
    registers_read++;
    register_index = index;
    *raw = register_value;
    if (changes_left > 0) {
        changes_left--;
        page.lock += 2;
        page.offset += 1000;
    }
    return 0;
}

static int32_t refuse_register(uint32_t index, uint64_t *raw)
{
    (void)index;
    (void)raw;
    return -EAGAIN;
}

static uint64_t read_ticks(void)
{
    ticks_read++;
    return ticks_now;
}

static const struct vperf_registers registers = {read_register, read_ticks};

/* A page as the kernel leaves it for a counter that has never been off the processor. */
static void readable_page(void)
{
    memset(&page, 0, sizeof page);
    page.lock = 2;
    page.capabilities = VPERF_CAP_BIT0_IS_DEPRECATED | VPERF_CAP_USER_RDPMC;
    page.index = 3;
    page.pmc_width = 48;
    page.offset = 100;
    page.time_enabled = 5000;
    page.time_running = 5000;
    register_value = 11;
    registers_read = 0;
    changes_left = 0;
    ticks_read = 0;
}

static struct vperf_count read_page(void)
{
    struct vperf_count count = {0, 0, 0};
    int32_t status = vperf_page_read(&page, &registers, &count);
    CHECK(status == 0, "%d", status);
    return count;
}

static void check_refused(const char *what, const struct vperf_registers *by)
{
    struct vperf_count count = {1, 2, 3};
    int32_t status = vperf_page_read(&page, by, &count);
    CHECK(status == -EAGAIN, "%s: %d", what, status);
    CHECK(count.value == 1 && count.enabled_ns == 2 && count.running_ns == 3, "%s: count was touched", what);
}

static void should_agree_with_the_kernels_capability_bits(void)
{
    struct perf_event_mmap_page theirs;
    memset(&theirs, 0, sizeof theirs);
    theirs.cap_bit0_is_deprecated = 1;
    CHECK(theirs.capabilities == VPERF_CAP_BIT0_IS_DEPRECATED, "%" PRIx64, (uint64_t)theirs.capabilities);
    theirs.capabilities = 0;
    theirs.cap_user_rdpmc = 1;
    CHECK(theirs.capabilities == VPERF_CAP_USER_RDPMC, "%" PRIx64, (uint64_t)theirs.capabilities);
    theirs.capabilities = 0;
    theirs.cap_user_time = 1;
    CHECK(theirs.capabilities == VPERF_CAP_USER_TIME, "%" PRIx64, (uint64_t)theirs.capabilities);
}

static void should_add_offset_and_register(void)
{
    readable_page();
    struct vperf_count count = read_page();
    CHECK(count.value == 111, "%" PRIu64, count.value);
    CHECK(register_index == 3, "%u", register_index);
    CHECK(count.enabled_ns == 5000 && count.running_ns == 5000, "%" PRIu64, count.enabled_ns);
    CHECK(ticks_read == 0, "the time is of no use where the counter was never off");
}

static void should_sign_extend_from_the_counters_width(void)
{
    static const uint16_t widths[] = {32, 40, 48, 64};
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        uint16_t width = widths[i];
        readable_page();
        page.pmc_width = width;
        /* The kernel starts at -2^31 of a 32-bit counter and says so in offset; 5 events later it is -2^31 + 5. */
        uint64_t start = (uint64_t)1 << (width - 1);
        page.offset = (int64_t)start; /* for 64 bits: wraps to the same */
        register_value = start + 5;
        CHECK(read_page().value == 5, "width %u, start: %" PRIu64, width, read_page().value);
        /* Beyond 0 it is positive. */
        register_value = 7;
        CHECK(read_page().value == start + 7, "width %u, past 0: %" PRIu64, width, read_page().value);
        /* One before 0: all bits of the width set. */
        register_value = width == 64 ? UINT64_MAX : ((uint64_t)1 << width) - 1;
        CHECK(read_page().value == start - 1, "width %u, -1: %" PRIu64, width, read_page().value);
        /* Bits above the width, as some processors show them, are not the counter's. */
        register_value = width == 64 ? UINT64_MAX : UINT64_MAX << width | 9;
        CHECK(read_page().value == (width == 64 ? start - 1 : start + 9), "width %u, bits above: %" PRIu64, width,
              read_page().value);
    }
}

static void should_refuse_what_user_space_cannot_read(void)
{
    readable_page();
    page.index = 0;
    check_refused("index 0", &registers);
    readable_page();
    page.capabilities = VPERF_CAP_BIT0_IS_DEPRECATED | VPERF_CAP_USER_TIME;
    check_refused("no cap_user_rdpmc", &registers);
    readable_page();
    page.capabilities = VPERF_CAP_USER_RDPMC;
    check_refused("bits of a kernel before 3.12", &registers);
    readable_page();
    page.pmc_width = 0;
    check_refused("width 0", &registers);
    page.pmc_width = 65;
    check_refused("width 65", &registers);
    readable_page();
    page.time_running = 4000;
    check_refused("was off the processor, and no time", &registers);
    CHECK(registers_read == 0, "a register was read that traps");
    readable_page();
    check_refused("no such register", &(struct vperf_registers){refuse_register, read_ticks});
#if defined(__aarch64__)
    uint64_t raw = 4;
    CHECK(vperf_pmc(33, &raw) == -EAGAIN && vperf_pmc(UINT32_MAX, &raw) == -EAGAIN && raw == 4, "%" PRIu64, raw);
#endif
}

static void should_bring_differing_times_up_to_now(void)
{
    static const uint64_t ticks[] = {0, 1, 999999, 123456789012345, (uint64_t)1 << 62};
    for (size_t i = 0; i < sizeof ticks / sizeof *ticks; i++) {
        readable_page();
        page.capabilities |= VPERF_CAP_USER_TIME;
        page.time_running = 4000;
        page.time_mult = 0x5f5e1000; /* 0.3725 ns a tick at this shift */
        page.time_shift = 32;
        page.time_offset = (uint64_t)-700; /* negative as a rule: the ticks count from long ago */
        ticks_now = ticks[i];
        uint64_t ns = (uint64_t)((unsigned __int128)ticks[i] * page.time_mult >> 32) - 700;
        struct vperf_count count = read_page();
        CHECK(count.enabled_ns == 5000 + ns, "ticks %" PRIu64 ": enabled %" PRIu64, ticks[i], count.enabled_ns);
        CHECK(count.running_ns == 4000 + ns, "ticks %" PRIu64 ": running %" PRIu64, ticks[i], count.running_ns);
        CHECK(count.value == 111, "%" PRIu64, count.value);
    }
}

static void should_complete_ticks_of_a_short_counter(void)
{
    readable_page();
    page.capabilities |= VPERF_CAP_USER_TIME | VPERF_CAP_USER_TIME_SHORT;
    page.time_running = 4000;
    page.time_mult = 1;
    page.time_shift = 0;
    page.time_mask = 0xffffffff;
    page.time_cycles = 0x3fffffff0; /* the kernel's, in full */
    page.time_offset = (uint64_t)-0x3fffffff0;
    ticks_now = 0x10; /* 32 bits, wrapped since: 0x400000010 */
    CHECK(read_page().enabled_ns == 5000 + 0x20, "%" PRIu64, read_page().enabled_ns);
}

static void should_try_again_when_the_page_changes(void)
{
    readable_page();
    changes_left = 1;
    CHECK(read_page().value == 1111, "the old offset");
    CHECK(registers_read == 2, "%d", registers_read);
}

static void should_give_up_on_a_page_that_always_changes(void)
{
    readable_page();
    changes_left = 1000;
    check_refused("changed under every try", &registers);
    CHECK(registers_read <= 16, "%d tries", registers_read);
    readable_page();
    page.lock = 3;
    check_refused("is being written all the time", &registers);
    CHECK(registers_read == 0, "%d", registers_read);
}

static _Atomic uint64_t written_register;
static _Atomic int stop;

static int32_t read_written_register(uint32_t index, uint64_t *raw)
{
    (void)index;
    *raw = atomic_load(&written_register);
    return 0;
}

/* All fields and the register follow from k, so that a mixture of two rounds shows. */
static void *write_rounds(void *unused)
{
    for (uint64_t k = 1; !atomic_load(&stop); k++) {
        __atomic_store_n(&page.lock, page.lock + 1, __ATOMIC_RELAXED);
        __atomic_thread_fence(__ATOMIC_SEQ_CST);
        *(volatile uint32_t *)&page.index = k % 5 == 0 ? 0 : 1;
        *(volatile int64_t *)&page.offset = (int64_t)(1000 * k);
        *(volatile uint64_t *)&page.time_enabled = k;
        atomic_store(&written_register, 7 * k & 0xffffff);
        *(volatile uint64_t *)&page.time_running = k;
        __atomic_store_n(&page.lock, page.lock + 1, __ATOMIC_RELEASE);
        for (volatile int pause = 0; pause < 200; pause = pause + 1)
            ;
    }
    return unused;
}

static void should_never_mix_two_states_of_the_page(void)
{
    const struct vperf_registers by = {read_written_register, read_ticks};
    readable_page();
    page.offset = 0;
    page.time_enabled = page.time_running = 0;
    pthread_t writer;
    CHECK(pthread_create(&writer, NULL, write_rounds, NULL) == 0, "no thread");
    int good = 0;
    uint64_t states = 0;
    uint64_t last = 0;
    for (long tries = 0; tries < 50000000 && (good < 100000 || states < 1000); tries++) {
        if (tries % 1000 == 0)
            sched_yield(); /* the writer may have been given this very vCPU */
        struct vperf_count count;
        if (vperf_page_read(&page, &by, &count) != 0)
            continue;
        good++;
        uint64_t k = count.enabled_ns;
        int64_t raw = (int64_t)((7 * k & 0xffffff) << 16) >> 16;
        CHECK(count.running_ns == k, "enabled %" PRIu64 ", running %" PRIu64, k, count.running_ns);
        CHECK(count.value == 1000 * k + (uint64_t)raw, "round %" PRIu64 ": %" PRIu64, k, count.value);
        CHECK(k >= last, "%" PRIu64 " after %" PRIu64, k, last);
        states += k != last;
        last = k;
    }
    atomic_store(&stop, 1);
    CHECK(pthread_join(writer, NULL) == 0, "thread was lost");
    CHECK(good >= 100000 && states >= 1000, "%d readings of %" PRIu64 " states", good, states);
}

int main(void)
{
    should_agree_with_the_kernels_capability_bits();
    should_add_offset_and_register();
    should_sign_extend_from_the_counters_width();
    should_refuse_what_user_space_cannot_read();
    should_bring_differing_times_up_to_now();
    should_complete_ticks_of_a_short_counter();
    should_try_again_when_the_page_changes();
    should_give_up_on_a_page_that_always_changes();
    should_never_mix_two_states_of_the_page();
    return 0;
}
