package io.vperf.record;

import io.vperf.bootstrap.Probe;
import io.vperf.bootstrap.ProbeHandler;
import io.vperf.clock.ThreadClock;
import io.vperf.clock.WallClock;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The probe where there is a {@link Budget}: draws which calls {@link CallRecorder} gets to see. A call that is only counted
 * is counted at its beginning and gets no frame: its measured callees have its caller for theirs, and its end, thrown or
 * not, goes by unseen. A class of its own, so that without a budget nobody asks.
 *
 * <p>A drawn call comes after thousands that did not run the probe, so caches and branch predictors know nothing of it: its two
 * readings would lie 50 to 500 ns apart with nothing in between, and N times that would be reported. So the call is rehearsed.
 */
final class SamplingRecorder implements ProbeHandler {

    /** The first one warms up, and pays for asking the kernel; the second one is as fast as the call's own readings. */
    static final int REHEARSALS = 2;

    private final CallRecorder recorder;
    private final WallClock wallClock;
    private final RehearsalWaits waits;

    SamplingRecorder(CallRecorder recorder, WallClock wallClock, RehearsalWaits waits) {
        this.recorder = recorder;
        this.wallClock = wallClock;
        this.waits = waits;
    }

    private static int draw(ThreadFrames t, int methodId) {
        CallDraw draw = t.draw;
        int log2 = draw == null ? 0 : draw.draw(methodId);
        if (log2 == CallDraw.COUNTED) {
            t.addCounted(methodId);
        }
        return log2;
    }

    /**
     * Begins the call and drops it again, which leaves in the frame that it is going to get what passes between two readings
     * with nothing in between: the least seen, as the thread may be held up.
     *
     * @return whether the call can be begun
     */
    private boolean rehearse(ThreadFrames t, int methodId, long weight) {
        long beganNs = wallClock.nowNs();
        long leastNs = Long.MAX_VALUE;
        for (int i = 0; i < REHEARSALS; i++) {
            Frame f = recorder.enter(t, methodId, weight);
            if (f == null) {
                return false;
            }
            leastNs = Math.min(leastNs, wallClock.nowNs() - f.entryNs);
            f.controlNs = leastNs;
            t.pop();
            if (i == REHEARSALS - 1) {
                // A virtual thread's CPU time begins anew with each outermost call.
                waits.add(t, f.entryNs - beganNs, t.virtual ? ThreadClock.UNKNOWN : f.entryCpuNs());
            }
        }
        return true;
    }

    private @Nullable Object enter(int methodId, long flags) {
        if (recorder.isSuspended()) {
            return null; // not even counted
        }
        ThreadFrames t = recorder.frames();
        int log2 = draw(t, methodId);
        if (log2 == CallDraw.COUNTED) {
            return null;
        }
        long weight = CallWords.weightBits(log2);
        return log2 == 0 || rehearse(t, methodId, weight) ? recorder.enter(t, methodId, flags | weight) : null;
    }

    @Override
    public @Nullable Object enter(int methodId) {
        return enter(methodId, 0);
    }

    @Override
    public @Nullable Object enterConstructor(int methodId) {
        return enter(methodId, CallWords.PROVISIONAL);
    }

    @Override
    public void constructed(@Nullable Object frame) {
        recorder.constructed(frame);
    }

    @Override
    public void exit(@Nullable Object frame, @Nullable Throwable thrown) {
        recorder.exit(frame, thrown);
    }

    @Override
    public void exitWithStage(@Nullable Object frame, @Nullable Object returned) {
        recorder.exitWithStage(frame, returned);
    }

    @Override
    public void exitWithoutStage(@Nullable Object frame, Throwable thrown) {
        recorder.exitWithoutStage(frame, thrown);
    }

    @Override
    public Flow.@Nullable Publisher<?> exitWithPublisher(@Nullable Object frame, Flow.@Nullable Publisher<?> returned) {
        return recorder.exitWithPublisher(frame, returned);
    }

    @Override
    public long enterRegion(@Nullable String name) {
        int id = recorder.regionId(name);
        if (id == MethodTable.FULL || recorder.isSuspended()) {
            return Probe.NOT_MEASURED;
        }
        ThreadFrames t = recorder.frames();
        int log2 = draw(t, id);
        if (log2 == CallDraw.COUNTED) {
            return Probe.NOT_MEASURED;
        }
        long weight = CallWords.weightBits(log2);
        return log2 == 0 || rehearse(t, id, weight) ? recorder.enterRegion(t, id, weight) : Probe.NOT_MEASURED;
    }

    @Override
    public void exitRegion(long token) {
        if (token >= 0) {
            recorder.exitRegion(token);
        }
    }

    @Override
    public long virtualNs() {
        return recorder.virtualNs();
    }

    @Override
    public void mounting(Thread virtual) {
        recorder.mounting(virtual);
    }

    @Override
    public void unmounted(Thread virtual) {
        recorder.unmounted(virtual);
    }

    @Override
    public void suppressed(Throwable error) {
        recorder.suppressed(error);
    }
}
