package io.vperf.compare;

import io.vperf.export.SnapshotSink;
import io.vperf.record.IntervalSnapshot;
import io.vperf.record.MethodInterval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run in blocks of consecutive intervals, each as long as the others. There are never more than {@value #MOST_BLOCKS}: then each
 * two become one, so that memory does not grow with the run, and what lasts longer than an interval stays within a block. Fed by one
 * thread at a time.
 */
public final class RunSamples implements SnapshotSink {

    static final int MOST_BLOCKS = 64;

    private final List<Map<String, Sample>> blocks = new ArrayList<>();
    private int intervalsPerBlock = 1;
    private int intervalsInLast;
    private long latestMs = Long.MIN_VALUE;
    private @Nullable Long mostStolenNs;

    @Override
    public void accept(IntervalSnapshot snapshot) {
        if (blocks.isEmpty() || intervalsInLast == intervalsPerBlock) {
            if (blocks.size() == MOST_BLOCKS) {
                halve();
            }
            blocks.add(new LinkedHashMap<>());
            intervalsInLast = 0;
        }
        intervalsInLast++;
        Map<String, Sample> block = blocks.get(blocks.size() - 1);
        for (MethodInterval m : snapshot.methods()) {
            block.computeIfAbsent(m.name(), name -> new Sample()).add(m);
        }
        if (snapshot.endMs() >= latestMs) {
            latestMs = snapshot.endMs();
            mostStolenNs = snapshot.mostStolenNs();
        }
    }

    @Override
    public void finish() {
        // a run that was killed counts as far as it came
    }

    private void halve() {
        for (int i = 0; i < blocks.size() / 2; i++) {
            Map<String, Sample> first = blocks.get(2 * i);
            blocks.get(2 * i + 1)
                    .forEach((name, sample) ->
                            first.computeIfAbsent(name, key -> new Sample()).add(sample));
            blocks.set(i, first);
        }
        blocks.subList(blocks.size() / 2, blocks.size()).clear();
        intervalsPerBlock *= 2;
    }

    Set<String> methods() {
        Set<String> names = new LinkedHashSet<>();
        blocks.forEach(block -> names.addAll(block.keySet()));
        return names;
    }

    /** Those blocks in which calls of it ended that were measured. */
    List<Sample> of(String method) {
        List<Sample> samples = new ArrayList<>();
        for (Map<String, Sample> block : blocks) {
            Sample sample = block.get(method);
            if (sample != null && sample.measured() > 0) {
                samples.add(sample);
            }
        }
        return samples;
    }

    /** The most that can have been stolen from all vCPUs in this run; null where unknown. */
    @Nullable
    Long mostStolenNs() {
        return mostStolenNs;
    }
}
