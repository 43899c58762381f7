package io.vperf.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class EventQueuePropertyTest {

    private record Event(long atNs, long number) {}

    @Property
    void shouldGiveEventsByTimeAndThoseOfATimeInTheirOrder(
            @ForAll List<@IntRange(min = 0, max = 20) Integer> times, @ForAll @IntRange(min = 1, max = 9) int takes) {
        EventQueue queue = new EventQueue();
        List<Event> model = new ArrayList<>();
        for (int i = 0; i < times.size(); i++) {
            queue.add(times.get(i), i);
            model.add(new Event(times.get(i), i));
            if (i % takes == 0) {
                assertNext(queue, model);
            }
        }
        while (!model.isEmpty()) {
            assertNext(queue, model);
        }
        assertThat(queue.nextNs()).isEqualTo(Long.MAX_VALUE);
    }

    private static void assertNext(EventQueue queue, List<Event> model) {
        Event next = model.stream()
                .min(Comparator.comparingLong(Event::atNs).thenComparingLong(Event::number))
                .orElseThrow();
        model.remove(next);
        assertThat(queue.nextNs()).isEqualTo(next.atNs());
        assertThat(queue.take()).isEqualTo(next.number());
    }
}
