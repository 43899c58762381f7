package io.vperf.record;

import io.vperf.health.Health;
import io.vperf.health.Trouble;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The measured methods, numbered. A number, once given, is in byte code and never changes; the same name gets the same
 * number, so that class loaders that come and go do not make the table grow. Numbers are given by instrumenting threads,
 * looked up by every thread.
 */
public final class MethodTable {

    /** Answered by {@link #register} when the table is full. */
    public static final int FULL = -1;

    private final int limit;
    private final Health health;
    private final Map<String, Integer> idByName = new HashMap<>();
    private final Map<String, String> firstByName = new HashMap<>();
    private final Set<String> sharedNames = new HashSet<>();
    private final Map<Integer, Set<String>> constructorsById = new ConcurrentHashMap<>();

    /** Replaced as a whole when it grows; a method id reaches another thread only after that, through code or {@link Regions}. */
    private volatile MethodStats[] stats = new MethodStats[0];

    private boolean slicing;
    private boolean refused;

    public MethodTable(int limit, Health health) {
        this.limit = limit;
        this.health = health;
    }

    /** The number for a method's reported name, or {@link #FULL}. */
    public synchronized int register(String name) {
        Integer known = idByName.get(name);
        if (known != null) {
            return known;
        }
        int id = stats.length;
        if (id >= limit) {
            refuse();
            return FULL;
        }
        MethodStats[] grown = Arrays.copyOf(stats, id + 1);
        grown[id] = new MethodStats(name);
        if (slicing) {
            grown[id].slice();
        }
        stats = grown;
        idByName.put(name, id);
        return id;
    }

    private void refuse() {
        health.count(Trouble.METHODS_TOO_MANY);
        if (!refused) {
            refused = true;
            health.tellLater(
                    Integer.toString(limit)
                            .concat(
                                    " methods are measured and no more: methods= allows no more, or the heap has no room for their"
                                            + " figures; measure fewer, or raise methods= and -Xmx (methodsTooMany counts the others)"));
        }
    }

    /**
     * As the other one, for a method. That methods share a name is told once for each name: their calls are added up.
     *
     * @param method its own name, with its class
     */
    public synchronized int register(String name, String method) {
        int id = register(name);
        String first = id == FULL ? null : firstByName.putIfAbsent(name, method);
        if (first != null && !first.equals(method) && sharedNames.add(name)) {
            // Not by +: that makes classes, and this thread's stack may be full.
            health.tellLater("@Measured methods share the name '"
                    .concat(name)
                    .concat("' and are reported as one: ")
                    .concat(first)
                    .concat(", ")
                    .concat(method)
                    .concat(" (told once for each name)"));
        }
        return id;
    }

    /**
     * Tells which constructor has this number; several have where they share a reported name.
     *
     * @param className in dotted form
     * @param descriptor in class-file form
     */
    public void constructor(int id, String className, String descriptor) {
        constructorsById
                .computeIfAbsent(id, key -> ConcurrentHashMap.newKeySet())
                .add(className + descriptor);
    }

    /** Class name and descriptor of each constructor with this number. */
    Set<String> constructors(int id) {
        return constructorsById.getOrDefault(id, Set.of());
    }

    /** Counts a call of this method that has begun and that no end was seen of. Called by any thread. */
    void lost(int id) {
        health.count(Trouble.LOST_FRAMES);
        get(id).lost = true;
    }

    /** Names each method that has lost calls, once. Called by the dumper. */
    void tellLost() {
        for (MethodStats method : stats) {
            if (method.lost && !method.lostTold) {
                method.lostTold = true;
                health.tellLater("no end was seen of a call of " + method.name()
                        + " (told once for each name; lostFrames counts the calls)");
            }
        }
    }

    MethodStats get(int id) {
        return stats[id];
    }

    /** Has the times of all methods kept by slices. Called before the first call. */
    synchronized void slice() {
        slicing = true;
        for (MethodStats method : stats) {
            method.slice();
        }
    }

    /** A slice has ended, and the one before it is decided. */
    void sliceEnds(boolean beforeWasNoisy) {
        for (MethodStats method : stats) {
            method.sliceEnds(beforeWasNoisy);
        }
    }

    /** The most methods there can be. */
    int limit() {
        return limit;
    }

    public int size() {
        return stats.length;
    }
}
