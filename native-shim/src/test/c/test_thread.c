#include <inttypes.h>
#include <pthread.h>

#include "check.h"
#include "vperf_thread.h"

static void *pointer_of_thread(void *result)
{
    *(uint64_t *)result = vperf_thread_pointer();
#if defined(__x86_64__)
    /* True of glibc and musl; GCC knows __builtin_thread_pointer on x86-64 only since version 11. */
    uint64_t expected = (uint64_t)pthread_self();
#else
    uint64_t expected = (uint64_t)__builtin_thread_pointer();
#endif
    CHECK(vperf_thread_pointer() == expected, "%" PRIx64 " and %" PRIx64, vperf_thread_pointer(), expected);
    return NULL;
}

int main(void)
{
    uint64_t here;
    uint64_t there;
    pthread_t thread;
    pointer_of_thread(&here);
    CHECK(pthread_create(&thread, NULL, pointer_of_thread, &there) == 0, "no thread");
    CHECK(pthread_join(thread, NULL) == 0, "thread was lost");
    CHECK(here != 0 && there != 0 && here != there, "%" PRIx64 " and %" PRIx64, here, there);
    return 0;
}
