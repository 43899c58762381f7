package io.vperf.benchmarks.peers;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.vperf.benchmarks.calls.Count;
import java.util.concurrent.atomic.LongAdder;

/** Counts the ended spans, and leaves the count when the SDK shuts down. Adds some nanoseconds to a span's hundreds. */
final class CountingSpans implements SpanProcessor {

    private final LongAdder ended = new LongAdder();

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        ended.increment();
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }

    @Override
    public CompletableResultCode shutdown() {
        Count.leave(ended.sum());
        return CompletableResultCode.ofSuccess();
    }
}
