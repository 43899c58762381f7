#ifndef PIN_H
#define PIN_H

#include <sched.h>
#include <stdbool.h>
#include <stddef.h>

/* Keeps the calling thread on one CPU. False where this CPU is not ours to use. */
static inline bool pin_to(size_t cpu)
{
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    return sched_setaffinity(0, sizeof one, &one) == 0;
}

#endif
