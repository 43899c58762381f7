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

    private @Nullable Object enter(int methodId, long flags) {
        ThreadFrames t = recorder.frames();
        int log2 = draw(t, methodId);
        return log2 == CallDraw.COUNTED ? null : recorder.enter(t, methodId, flags | CallWords.weightBits(log2));
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
