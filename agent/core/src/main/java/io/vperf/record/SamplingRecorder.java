package io.vperf.record;

import io.vperf.bootstrap.Probe;
import io.vperf.bootstrap.ProbeHandler;
import org.jspecify.annotations.Nullable;

/**
 * The probe where there is a {@link Budget}: draws which calls {@link CallRecorder} gets to see. A call that is only counted
 * is counted at its beginning and gets no frame: its measured callees have its caller for theirs, and its end, thrown or
 * not, goes by unseen. A class of its own, so that without a budget nobody asks.
 */
final class SamplingRecorder implements ProbeHandler {

    private final CallRecorder recorder;

    SamplingRecorder(CallRecorder recorder) {
        this.recorder = recorder;
    }

    private static int draw(ThreadFrames t, int methodId) {
        CallDraw draw = t.draw;
        return draw == null ? 0 : draw.draw(methodId);
    }

    private int enter(int methodId, long flags) {
        ThreadFrames t = recorder.frames();
        int log2 = draw(t, methodId);
        return log2 == CallDraw.COUNTED
                ? Probe.NOT_MEASURED
                : recorder.enter(t, methodId, flags | CallWords.weightBits(log2));
    }

    @Override
    public int enter(int methodId) {
        return enter(methodId, 0);
    }

    @Override
    public int enterConstructor(int methodId) {
        return enter(methodId, CallWords.PROVISIONAL);
    }

    @Override
    public void constructed(int depth) {
        if (depth >= 0) {
            recorder.constructed(depth);
        }
    }

    @Override
    public void exit(int depth, @Nullable Throwable thrown) {
        if (depth >= 0) {
            recorder.exit(depth, thrown);
        }
    }

    @Override
    public long enterRegion(@Nullable String name) {
        int id = recorder.regionId(name);
        if (id == MethodTable.FULL) {
            return Probe.NOT_MEASURED;
        }
        ThreadFrames t = recorder.frames();
        int log2 = draw(t, id);
        return log2 == CallDraw.COUNTED ? Probe.NOT_MEASURED : recorder.enterRegion(t, id, CallWords.weightBits(log2));
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
    public void suppressed(Throwable error) {
        recorder.suppressed(error);
    }
}
