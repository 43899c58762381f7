/*
 * Another user of restartable sequences, as tcmalloc is one: preloaded into a JVM it counts, in a critical section per
 * vCPU, every malloc of every thread and what two threads of its own do besides. At the end it compares what the vCPUs
 * counted with what atomic additions did, and prints "rseq_user: …" on stderr, with a verdict.
 *
 * Where glibc has registered areas it uses those, as tcmalloc does; where not, it registers its own, at a thread's first
 * malloc (RSEQ_USER=first) or at its 100th (RSEQ_USER=second), and does without where another one has been first.
 * RSEQ_USER=fork: a child is forked off as well, without exec, and goes on counting for a while.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/rseq.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SIGNATURE 0x53053053
#define MOST_VCPUS 256
#define AREA_BYTES 32
#define LATE 100
#define FAST __attribute__((tls_model("initial-exec")))

extern void *__libc_malloc(size_t size);

struct area {
    uint32_t cpu_id_start;
    uint32_t cpu_id;
    uint64_t rseq_cs;
    uint32_t flags;
    uint32_t unused[3];
} __attribute__((aligned(32)));

static __thread struct area own FAST;
static __thread struct area *mine FAST;
static __thread int mallocs_here FAST;
static __thread int refused FAST;

static struct {
    uint64_t count;
    char pad[120];
} per_vcpu[MOST_VCPUS] __attribute__((aligned(128)));

static uint64_t done, without, threads, threads_refused, aborts;
static int inside, stop, ready, late;

static struct area *my_area(void)
{
    if (mine || refused)
        return mine;
    if (__rseq_size) {
        struct area *glibcs = (struct area *)((char *)__builtin_thread_pointer() + __rseq_offset);
        mine = (int32_t)glibcs->cpu_id >= 0 ? glibcs : NULL;
    } else {
        if (late && mallocs_here < LATE)
            return NULL;
        int saved = errno;
        own.cpu_id = (uint32_t)-1;
        if (syscall(SYS_rseq, &own, AREA_BYTES, 0, SIGNATURE) == 0)
            mine = &own;
        errno = saved;
    }
    refused = !mine;
    __atomic_add_fetch(mine ? &threads : &threads_refused, 1, __ATOMIC_RELAXED);
    return mine;
}

/* Adds one to the vCPU's count; 0, or -1 if the thread was taken off it in between, when nothing was added. */
static int add_on(struct area *area, uint32_t cpu)
{
    __asm__ __volatile__ goto(
        ".pushsection __rseq_cs, \"aw\"\n\t"
        ".balign 32\n\t"
        "3:\n\t"
        ".long 0, 0\n\t"
        ".quad 1f, 2f - 1f, 4f\n\t"
        ".popsection\n\t"
        "leaq 3b(%%rip), %%rax\n\t"
        "movq %%rax, %[rseq_cs]\n\t"
        "1:\n\t"
        "cmpl %[cpu], %[current]\n\t"
        "jnz 4f\n\t"
        "movq %[count], %%rax\n\t"
        "addq $1, %%rax\n\t"
        "movq %%rax, %[count]\n\t"
        "2:\n\t"
        ".pushsection __rseq_failure, \"ax\"\n\t"
        ".byte 0x0f, 0xb9, 0x3d\n\t"
        ".long 0x53053053\n\t"
        "4:\n\t"
        "jmp %l[aborted]\n\t"
        ".popsection\n\t"
        :
        : [cpu] "r"(cpu), [current] "m"(area->cpu_id), [rseq_cs] "m"(area->rseq_cs), [count] "m"(per_vcpu[cpu].count)
        : "memory", "cc", "rax"
        : aborted);
    return 0;
aborted:
    return -1;
}

static void count(void)
{
    __atomic_add_fetch(&inside, 1, __ATOMIC_SEQ_CST);
    if (!__atomic_load_n(&stop, __ATOMIC_SEQ_CST)) {
        struct area *area = my_area();
        if (area) {
            while (add_on(area, __atomic_load_n(&area->cpu_id_start, __ATOMIC_RELAXED) % MOST_VCPUS) != 0)
                __atomic_add_fetch(&aborts, 1, __ATOMIC_RELAXED);
            __atomic_add_fetch(&done, 1, __ATOMIC_RELAXED);
        } else {
            __atomic_add_fetch(&without, 1, __ATOMIC_RELAXED);
        }
    }
    __atomic_sub_fetch(&inside, 1, __ATOMIC_SEQ_CST);
}

void *malloc(size_t size)
{
    if (__atomic_load_n(&ready, __ATOMIC_ACQUIRE)) {
        mallocs_here++;
        count();
    }
    return __libc_malloc(size);
}

static void pause_us(long us)
{
    struct timespec time = {0, us * 1000};
    nanosleep(&time, NULL);
}

static void *background(void *nothing)
{
    mallocs_here = LATE;
    while (!__atomic_load_n(&stop, __ATOMIC_SEQ_CST)) {
        for (int i = 0; i < 2000; i++)
            count();
        pause_us(300);
    }
    return nothing;
}

static void *fork_one(void *nothing)
{
    pause_us(500000);
    pid_t child = fork();
    if (child == 0) {
        for (int i = 0; i < 200; i++) {
            for (int j = 0; j < 1000; j++)
                count();
            pause_us(500);
        }
        _exit(42);
    }
    int status = -1;
    waitpid(child, &status, 0);
    fprintf(stderr, "rseq_user: child %s\n", WIFEXITED(status) && WEXITSTATUS(status) == 42 ? "ended well" : "DIED");
    return nothing;
}

__attribute__((constructor)) static void begin(void)
{
    const char *mode = getenv("RSEQ_USER");
    if (!mode)
        return;
    late = strcmp(mode, "second") == 0;
    pthread_t thread;
    for (int i = 0; i < 2; i++)
        pthread_create(&thread, NULL, background, NULL);
    if (strcmp(mode, "fork") == 0)
        pthread_create(&thread, NULL, fork_one, NULL);
    __atomic_store_n(&ready, 1, __ATOMIC_RELEASE);
}

__attribute__((destructor)) static void end(void)
{
    if (!ready)
        return;
    __atomic_store_n(&stop, 1, __ATOMIC_SEQ_CST);
    for (int i = 0; i < 2000 && __atomic_load_n(&inside, __ATOMIC_SEQ_CST) != 0; i++)
        pause_us(1000);
    uint64_t sum = 0;
    for (int i = 0; i < MOST_VCPUS; i++)
        sum += per_vcpu[i].count;
    fprintf(stderr,
            "rseq_user: %s: %lu counted, %lu done, %lu without, %lu aborts, %lu threads, %lu threads refused\n",
            sum == done && inside == 0 ? "EXACT" : "WRONG", sum, done, without, aborts, threads, threads_refused);
}
