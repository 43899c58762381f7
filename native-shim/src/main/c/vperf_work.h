#ifndef VPERF_WORK_H
#define VPERF_WORK_H

#include "vperf_base.h"

/*
 * Work of which it is known what counters have to say: what they are held against before anybody trusts them.
 *
 * A loop of `turns` turns, at least 1. Each is two instructions, a subtraction and a branch that is taken in all turns but the
 * last, in user space; what surrounds the loop is a few dozen more.
 */
VPERF_EXPORT void vperf_work_turns(uint64_t turns);

/*
 * Writes to `steps` places of the memory, spread over it without order, and branches at each step as a coin falls.
 * `words` is a power of two. Returns something made of every step.
 */
VPERF_EXPORT uint64_t vperf_work_stir(uint64_t *memory, uint64_t words, uint64_t steps);

#endif
