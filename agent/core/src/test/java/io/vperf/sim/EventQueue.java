package io.vperf.sim;

import java.util.Arrays;

/** What is to come, by time; of the same time, by when it was added. A binary heap in arrays. */
final class EventQueue {

    private long[] timeNs = new long[64];
    private long[] order = new long[64];
    private long[] what = new long[64];
    private int size;
    private long added;

    void add(long atNs, long event) {
        if (size == timeNs.length) {
            timeNs = Arrays.copyOf(timeNs, size * 2);
            order = Arrays.copyOf(order, size * 2);
            what = Arrays.copyOf(what, size * 2);
        }
        int at = size++;
        long number = added++;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (timeNs[parent] <= atNs) {
                break;
            }
            move(parent, at);
            at = parent;
        }
        put(at, atNs, number, event);
    }

    /** The time of the next event, or {@link Long#MAX_VALUE}. */
    long nextNs() {
        return size == 0 ? Long.MAX_VALUE : timeNs[0];
    }

    long take() {
        long taken = what[0];
        int last = --size;
        long lastNs = timeNs[last];
        long lastOrder = order[last];
        long lastWhat = what[last];
        int at = 0;
        while (2 * at + 1 < last) {
            int child = 2 * at + 1;
            if (child + 1 < last && isBefore(child + 1, timeNs[child], order[child])) {
                child++;
            }
            if (!isBefore(child, lastNs, lastOrder)) {
                break;
            }
            move(child, at);
            at = child;
        }
        put(at, lastNs, lastOrder, lastWhat);
        return taken;
    }

    private boolean isBefore(int at, long otherNs, long otherOrder) {
        return timeNs[at] != otherNs ? timeNs[at] < otherNs : order[at] < otherOrder;
    }

    private void move(int from, int to) {
        put(to, timeNs[from], order[from], what[from]);
    }

    private void put(int at, long atNs, long number, long event) {
        timeNs[at] = atNs;
        order[at] = number;
        what[at] = event;
    }
}
