#ifndef VPERF_TSC_H
#define VPERF_TSC_H

#include "vperf_base.h"

/*
 * The processor's time counter: TSC on x86-64, CNTVCT_EL0 on aarch64. Ticks since some moment in the past,
 * never 0 in practice; the rate is constant on every processor Linux takes as a clock source.
 * Both readings wait for the instructions before them, so work is not counted on the wrong side of them.
 *
 * A bare RDTSC is deliberately not offered. Measured on an EPYC 9004 (Zen 4): from Java it costs 11 ns where this one
 * costs 26 and System.nanoTime() 24, but it is taken before the loads in front of it have arrived, and nothing in
 * the JVM's way into native code holds it back: of a chain of three dependent cache misses right before the call it
 * shows 10 ns of 530, of a single one 10 of 170.
 */
VPERF_EXPORT uint64_t vperf_tsc(void);

/*
 * The same counter, and the vCPU it was read on: one instruction, so no migration can come between the two.
 * On aarch64 no instruction gives the number and *vcpu becomes -1.
 * x86-64: needs RDTSCP (CPUID 0x80000001, EDX bit 27), else SIGILL; the caller looks first.
 */
VPERF_EXPORT uint64_t vperf_tsc_and_vcpu(int32_t *vcpu);

/*
 * Ticks per second as the processor states them (CNTFRQ_EL0), or -ENOSYS on x86-64, where only CPUID leaves
 * that many hypervisors leave empty tell: measure it there.
 */
VPERF_EXPORT int64_t vperf_tsc_hz(void);

#endif
