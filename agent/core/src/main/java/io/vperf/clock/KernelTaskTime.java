package io.vperf.clock;

import io.vperf.shim.Capability;
import io.vperf.shim.TaskClock;
import io.vperf.shim.TaskClocks;
import org.jspecify.annotations.Nullable;

/** Linux's own: {@link TaskClock}. */
record KernelTaskTime(TaskClock clock) implements TaskTime {

    static final class Source implements TaskTime.Source {

        private final TaskClocks clocks;

        /**
         * Stays open to the run's end, whatever becomes of its thread. Where nobody uses perf the kernel patches its scheduler for the first
         * event (6 to 15 ms), and back for a second after the last one is gone.
         */
        private @Nullable KernelTaskTime keeper;

        Source(TaskClocks clocks) {
            this.clocks = clocks;
        }

        @Override
        public Capability<String> prepare() {
            return clocks.open().then(clock -> {
                keeper = new KernelTaskTime(clock);
                return keeper.nowNs() < 0
                        ? Capability.unavailable("a perf event of the task clock cannot be read", "")
                        : Capability.available("perf event of the task clock");
            });
        }

        @Override
        public void end() {
            KernelTaskTime kept = keeper;
            keeper = null;
            if (kept != null) {
                kept.close();
            }
        }

        @Override
        public Capability<TaskTime> forThisThread() {
            return clocks.open().then(clock -> Capability.available(new KernelTaskTime(clock)));
        }
    }

    @Override
    public long nowNs() {
        return clock.nowNs();
    }

    @Override
    public void close() {
        clock.close();
    }
}
