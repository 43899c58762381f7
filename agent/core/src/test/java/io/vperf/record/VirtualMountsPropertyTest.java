package io.vperf.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Any sequence of runs, mounts and nested calls, on carriers that also run for others. */
class VirtualMountsPropertyTest {

    private static final int CARRIERS = 3;

    private enum Step {
        RUN,
        RUN_FOR_OTHERS,
        BEGIN,
        END,
        REMOUNT
    }

    private static final class Model {

        final Deque<Long> cpuAtEntryNs = new ArrayDeque<>();
        final Deque<Long> outAtEntryNs = new ArrayDeque<>();
        long cpuNs;
        long outNs;
        int carrier;
    }

    @Property(tries = 200)
    void shouldTellTheCpuTimeAndTheWaitOfEveryCall(
            @ForAll @Size(max = 60) List<Step> steps, @ForAll @IntRange(min = 1, max = 9) int stride) {
        try (FakeCarriers jdk = new FakeCarriers(CARRIERS)) {
            FakeCarriers.Virtual virtual = jdk.new Virtual();
            Model model = new Model();
            int amount = 1;
            for (Step step : steps) {
                amount += stride;
                take(step, amount, jdk, virtual, model);
            }
            while (!model.cpuAtEntryNs.isEmpty()) {
                take(Step.END, 0, jdk, virtual, model);
            }
            assertThat(jdk.virtuals.awaited()).isZero();
        }
    }

    private static void take(Step step, int amount, FakeCarriers jdk, FakeCarriers.Virtual virtual, Model model) {
        int carrier = model.carrier;
        switch (step) {
            case RUN -> {
                jdk.run(carrier, () -> jdk.clocks.advance(amount, amount));
                model.cpuNs += amount;
            }
            case RUN_FOR_OTHERS -> remount(amount, jdk, virtual, model, carrier);
            case BEGIN -> {
                jdk.run(carrier, virtual::begin);
                model.cpuAtEntryNs.push(model.cpuNs);
                model.outAtEntryNs.push(model.outNs);
            }
            case END -> {
                if (model.cpuAtEntryNs.isEmpty()) {
                    return;
                }
                Frame f = jdk.on(carrier, virtual::end);
                assertThat(virtual.cpuNs(f)).isEqualTo(model.cpuNs - model.cpuAtEntryNs.pop());
                assertThat(virtual.account.waitedNs(f)).isEqualTo(model.outNs - model.outAtEntryNs.pop());
            }
            case REMOUNT -> remount(amount, jdk, virtual, model, (carrier + amount) % CARRIERS);
        }
    }

    private static void remount(int amount, FakeCarriers jdk, FakeCarriers.Virtual virtual, Model model, int to) {
        jdk.run(model.carrier, () -> jdk.virtuals.unmounted(virtual.thread));
        jdk.run(to, () -> jdk.clocks.advance(amount, amount)); // on the way it works for somebody else
        jdk.run(to, () -> jdk.virtuals.mounting(virtual.thread));
        model.outNs += amount;
        model.carrier = to;
    }
}
