package io.vperf.shim;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens {@link ThreadCounters} for each native thread that asks, as long as there are descriptors for them. Any thread may
 * call. Whether what a counter counts is true, nobody here can say: let a loop of known length run before it is trusted.
 *
 * <p>Whoever takes user space's leave to read counters away while they are read so (sysctl {@code kernel.perf_user_access}
 * on arm64, {@code /sys/bus/event_source/devices/cpu/rdpmc} on x86-64) ends the process: the registers trap from then on,
 * and the page says so only at the thread's next switch. A page takes locked memory as {@link PerfPages} do; where there is
 * none left, read() is used.
 *
 * <p>Measured on Linux 6.18 with software events: 25 us to open and close one, 55 us four.
 */
public final class Counters {

    /** So that a reading's mask has a bit for each; far more than a processor counts at a time. */
    static final int MOST_EVENTS = 32;

    private final Natives natives;
    private final Shim shim;
    private final CFunctions functions;
    private final CounterGroup.Means means;
    private final List<PerfEvent> events;
    private final boolean userSpace;
    private final CounterLayout layout;

    /** How many hardware events were seen to be counted at the same time; found out by the first threads. */
    private volatile int most = CounterLayout.GROUP_EVENTS;

    private Counters(
            Natives natives,
            Shim shim,
            CFunctions functions,
            Descriptors descriptors,
            List<PerfEvent> events,
            boolean userSpace) {
        this.natives = natives;
        this.shim = shim;
        this.functions = functions;
        this.events = List.copyOf(events);
        this.userSpace = userSpace;
        layout = new CounterLayout(events.size());
        List<CounterEvent> opened = events.stream()
                .map(event -> new CounterEvent(natives, event, userSpace))
                .toList();
        means = new CounterGroup.Means(
                new PerfCalls(natives.libc()), descriptors, new PerfRefusal(Path.of("/proc")), opened);
    }

    /**
     * Does not ask the kernel yet: {@link #open} does.
     *
     * @param descriptors one is taken for each event of a thread, or for each group where user space reads it
     * @param events at least one; their places in this list are their places in a reading
     * @param userSpace whether hardware events shall be read in user space where the kernel allows it, which is the cheaper
     *     way on a processor, and may be the dearer one in a guest where each such look is a VM exit: measure both
     */
    public static Capability<Counters> of(
            Natives natives, Descriptors descriptors, List<PerfEvent> events, boolean userSpace) {
        if (events.isEmpty() || events.size() > MOST_EVENTS) {
            return Capability.unavailable(
                    events.size() + " counters were asked for", "Name 1 to " + MOST_EVENTS + " counters.");
        }
        return natives.shim()
                .then(shim -> CFunctions.find()
                        .then(functions -> Capability.available(
                                new Counters(natives, shim, functions, descriptors, events, userSpace))));
    }

    public List<PerfEvent> events() {
        return events;
    }

    /** For the calling native thread (under a virtual thread: its carrier), or why not. They count from now on. */
    public Capability<ThreadCounters> open() {
        NativeMemory memory = natives.allocate(layout.bytes);
        int groupsOf = most;
        while (true) {
            try {
                return Capability.available(open(memory, groupsOf));
            } catch (NotOpenedException e) {
                if (e.tryFewer == 0 || e.tryFewer >= groupsOf) {
                    natives.giveBack(memory);
                    return e.unavailable();
                }
                groupsOf = e.tryFewer;
                most = Math.min(most, groupsOf);
            }
        }
    }

    private ThreadCounters open(NativeMemory memory, int groupsOf) throws NotOpenedException {
        List<CounterGroup> groups = new ArrayList<>();
        boolean first = true;
        boolean complete = false;
        try {
            for (List<Integer> slots : CounterPlan.groups(events, groupsOf)) {
                groups.add(CounterGroup.open(means, slots, first, userSpace, memory));
                first &= events.get(slots.get(0)).isSoftware();
            }
            layout.write(memory.buffer(), functions, groups);
            complete = true;
            return new ThreadCounters(shim, memory, layout.out(), events.size(), groups, natives);
        } finally {
            if (!complete) {
                groups.forEach(CounterGroup::close);
            }
        }
    }
}
