#define _GNU_SOURCE
#include <errno.h>
#include <inttypes.h>
#include <linux/perf_event.h>
#include <sched.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "check.h"
#include "vperf_counters.h"
#include "vperf_page.h"

enum { WORDS = VPERF_READING_HEADER + 3 * VPERF_GROUP_EVENTS, UNTOUCHED = 0x5a };

struct one_or_two_groups {
    struct vperf_counters head;
    struct vperf_counter_group group[2];
};

static int answers[2]; /* a pipe that holds what read() of a group would answer */
static int left_when_the_clock_was_read;

static int note_what_is_left(int clock, void *time)
{
    CHECK(ioctl(answers[0], FIONREAD, &left_when_the_clock_was_read) == 0, "FIONREAD: %s", strerror(errno));
    return clock_gettime(clock, time);
}

static struct one_or_two_groups of_one_group(int64_t fd, uint64_t events)
{
    struct one_or_two_groups counters;
    memset(&counters, 0, sizeof counters);
    counters.head.clock_gettime = (uint64_t)(uintptr_t)note_what_is_left;
    counters.head.sched_getcpu = (uint64_t)(uintptr_t)sched_getcpu;
    counters.head.groups = 1;
    counters.group[0].fd = fd;
    counters.group[0].events = events;
    for (uint64_t i = 0; i < VPERF_GROUP_EVENTS; i++)
        counters.group[0].event[i].slot = i;
    return counters;
}

static void answer(const uint64_t *words, size_t count)
{
    ssize_t bytes = (ssize_t)(count * sizeof *words);
    CHECK(write(answers[1], words, (size_t)bytes) == bytes, "%s", strerror(errno));
}

static int64_t monotonic_ns(void)
{
    struct timespec t;
    CHECK(clock_gettime(CLOCK_MONOTONIC, &t) == 0, "no CLOCK_MONOTONIC");
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void should_put_each_event_of_a_group_in_its_slot(void)
{
    static const uint64_t group[] = {2, 900, 800, 11, 501, 22, 502};
    uint64_t out[WORDS + 1];
    memset(out, UNTOUCHED, sizeof out);
    struct one_or_two_groups counters = of_one_group(answers[0], 2);
    counters.group[0].event[0].slot = 2;
    counters.group[0].event[1].slot = 0;
    answer(group, 7);
    int64_t before = monotonic_ns();
    CHECK(vperf_counters_read(&counters.head, 0, out) == 0, "refused");
    int64_t after = monotonic_ns();
    CHECK(before <= (int64_t)out[0] && (int64_t)out[0] <= after, "wall %" PRIu64, out[0]);
    CHECK((int64_t)out[1] >= 0 && out[1] < CPU_SETSIZE, "vCPU %" PRIu64, out[1]);
    CHECK(out[2] == 0, "read in user space: %" PRIx64, out[2]);
    CHECK(out[3] == 22 && out[4] == 900 && out[5] == 800, "slot 0: %" PRIu64, out[3]);
    CHECK(out[9] == 11 && out[10] == 900 && out[11] == 800, "slot 2: %" PRIu64, out[9]);
    CHECK(out[6] == UINT64_C(0x5a5a5a5a5a5a5a5a) && out[12] == out[6] && out[WORDS] == out[6], "wrote elsewhere");
}

static void should_read_the_wall_clock_on_the_side_that_is_asked_for(void)
{
    static const uint64_t group[] = {1, 900, 900, 11, 501};
    uint64_t out[WORDS];
    struct one_or_two_groups counters = of_one_group(answers[0], 1);
    answer(group, 5);
    CHECK(vperf_counters_read(&counters.head, 0, out) == 0, "refused");
    CHECK(left_when_the_clock_was_read == sizeof group, "%d bytes left", left_when_the_clock_was_read);
    answer(group, 5);
    CHECK(vperf_counters_read(&counters.head, 1, out) == 0, "refused");
    CHECK(left_when_the_clock_was_read == 0, "%d bytes left", left_when_the_clock_was_read);
}

static void should_read_every_group(void)
{
    static const uint64_t first[] = {1, 900, 900, 11, 501};
    static const uint64_t second[] = {2, 70, 60, 22, 502, 33, 503};
    int other[2];
    uint64_t out[WORDS];
    CHECK(pipe(other) == 0, "no pipe");
    struct one_or_two_groups counters = of_one_group(answers[0], 1);
    counters.head.groups = 2;
    counters.group[1] = counters.group[0];
    counters.group[1].fd = other[0];
    counters.group[1].events = 2;
    counters.group[1].event[0].slot = 1;
    counters.group[1].event[1].slot = 2;
    answer(first, 5);
    CHECK(write(other[1], second, sizeof second) == sizeof second, "%s", strerror(errno));
    CHECK(vperf_counters_read(&counters.head, 1, out) == 0, "refused");
    CHECK(out[3] == 11 && out[4] == 900 && out[5] == 900, "%" PRIu64, out[3]);
    CHECK(out[6] == 22 && out[7] == 70 && out[8] == 60, "%" PRIu64, out[6]);
    CHECK(out[9] == 33 && out[10] == 70 && out[11] == 60, "%" PRIu64, out[9]);
    close(other[0]);
    close(other[1]);
}

/* The page of a counter that is not on the processor: index 0. */
static void should_call_read_where_a_page_cannot_tell(void)
{
    static const uint64_t group[] = {2, 900, 800, 11, 501, 22, 502};
    struct vperf_page page;
    uint64_t out[WORDS];
    memset(&page, 0, sizeof page);
    page.capabilities = VPERF_CAP_BIT0_IS_DEPRECATED | VPERF_CAP_USER_RDPMC;
    page.pmc_width = 48;
    struct one_or_two_groups counters = of_one_group(answers[0], 2);
    counters.group[0].event[0].page = (uint64_t)(uintptr_t)&page;
    counters.group[0].event[1].page = (uint64_t)(uintptr_t)&page;
    answer(group, 7);
    CHECK(vperf_counters_read(&counters.head, 0, out) == 0, "refused");
    CHECK(out[2] == 0 && out[3] == 11 && out[6] == 22, "%" PRIu64 ", %" PRIu64, out[3], out[6]);
}

static void should_refuse_an_answer_of_other_events(void)
{
    static const uint64_t more[] = {3, 900, 800, 11, 501, 22, 502};
    uint64_t out[WORDS];
    struct one_or_two_groups counters = of_one_group(answers[0], 2);
    answer(more, 7);
    CHECK(vperf_counters_read(&counters.head, 0, out) == -EIO, "took three events for two");
    answer(more, 5);
    CHECK(vperf_counters_read(&counters.head, 0, out) == -EIO, "took a short answer");
    counters.group[0].fd = -1;
    CHECK(vperf_counters_read(&counters.head, 0, out) == -EBADF, "read from nothing");
}

static int open_software(uint64_t config, int leader)
{
    struct perf_event_attr attr;
    memset(&attr, 0, sizeof attr);
    attr.size = PERF_ATTR_SIZE_VER1;
    attr.type = PERF_TYPE_SOFTWARE;
    attr.config = config;
    attr.exclude_kernel = 1;
    attr.exclude_hv = 1;
    /* A clock that joins a group which counts already stands still until the thread is next switched in (6.18). */
    attr.disabled = leader == -1;
    attr.read_format = PERF_FORMAT_GROUP | PERF_FORMAT_ID | PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING;
    return (int)syscall(SYS_perf_event_open, &attr, 0, -1, leader, PERF_FLAG_FD_CLOEXEC);
}

/* The one thing here that a kernel answers itself. */
static void should_count_page_faults(void)
{
    enum { PAGES = 100 };
    size_t size = (size_t)sysconf(_SC_PAGESIZE);
    int faults = open_software(PERF_COUNT_SW_PAGE_FAULTS, -1);
    if (faults < 0)
        SKIP("perf_event_open: %s", strerror(errno));
    int clock = open_software(PERF_COUNT_SW_TASK_CLOCK, faults);
    CHECK(clock >= 0, "%s", strerror(errno));
    CHECK(ioctl(faults, PERF_EVENT_IOC_ENABLE, 0) == 0, "%s", strerror(errno));
    volatile char *fresh = mmap(NULL, PAGES * size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    CHECK((void *)fresh != MAP_FAILED, "%s", strerror(errno));
    madvise((void *)fresh, PAGES * size, MADV_NOHUGEPAGE);
    uint64_t before[WORDS];
    uint64_t after[WORDS];
    memset(after, 0, sizeof after); /* for its own pages to be there */
    struct one_or_two_groups counters = of_one_group(faults, 2);
    CHECK(vperf_counters_read(&counters.head, 1, before) == 0, "refused");
    for (size_t i = 0; i < PAGES; i++)
        fresh[i * size] = 1;
    CHECK(vperf_counters_read(&counters.head, 0, after) == 0, "refused");
    uint64_t counted = after[3] - before[3];
#if defined(__SANITIZE_ADDRESS__)
    CHECK(counted >= PAGES && counted <= PAGES + 30, "%" PRIu64 " faults", counted); /* and its shadow memory's */
#else
    CHECK(counted >= PAGES && counted <= PAGES + 2, "%" PRIu64 " faults", counted);
#endif
    CHECK(after[6] > before[6] && after[7] > before[7] && after[7] == after[8], "task clock %" PRIu64, after[6]);
    close(clock);
    close(faults);
}

int main(void)
{
    CHECK(pipe(answers) == 0, "no pipe");
    should_put_each_event_of_a_group_in_its_slot();
    should_read_the_wall_clock_on_the_side_that_is_asked_for();
    should_read_every_group();
    should_call_read_where_a_page_cannot_tell();
    should_refuse_an_answer_of_other_events();
    should_count_page_faults();
    return 0;
}
