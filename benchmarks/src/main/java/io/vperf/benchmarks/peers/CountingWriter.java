package io.vperf.benchmarks.peers;

import io.vperf.benchmarks.calls.Count;
import kieker.common.configuration.Configuration;
import kieker.common.record.IMonitoringRecord;
import kieker.common.record.controlflow.OperationExecutionRecord;
import kieker.monitoring.writer.AbstractMonitoringWriter;

/** In place of a file: counts Kieker's records on Kieker's own writer thread, and leaves the count at the end. */
public final class CountingWriter extends AbstractMonitoringWriter {

    private long records;

    /** Called by Kieker. */
    public CountingWriter(Configuration configuration) {
        super(configuration);
    }

    @Override
    public void onStarting() {}

    @Override
    public void writeMonitoringRecord(IMonitoringRecord record) {
        if (record instanceof OperationExecutionRecord) {
            records++;
        }
    }

    @Override
    public void onTerminating() {
        Count.leave(records);
    }
}
