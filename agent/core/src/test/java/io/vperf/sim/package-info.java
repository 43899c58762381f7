/**
 * A guest in simulated time, for tests: vCPUs that a host steals from, a scheduler, threads that run programs of calls, and
 * the accounts that Linux keeps of all that. Events are handled one by one in the order of their times, on the caller's
 * thread, so a run is a function of its configuration and seed. For every call it tells what its wall time was made of.
 *
 * <p>Depends on nothing of vperf: what it claims of Linux is written here a second time, each rule with the place it is
 * from (Linux 6.12 unless another is named).
 *
 * <p>What is stolen from whom. A vCPU is stolen from while it wants to run and the host runs something else; while it is
 * idle nothing is stolen (KVM counts the run delay of the vCPU's thread). That time is the loss of the one guest thread the
 * vCPU would run: the current one, or, where it wakes from idle, the one that woke it. Threads that wait behind that one
 * are not stolen from: their wait is run delay, and the part of it that the vCPU was stolen is told apart.
 */
@NullMarked
package io.vperf.sim;

import org.jspecify.annotations.NullMarked;
