package io.vperf.timeref;

/**
 * What became of an interval's packets.
 *
 * @param sent requests
 * @param answered in time
 * @param late answered when nobody waited any more, or once more
 * @param refused that are no answers to any request of late: forged, replayed, damaged
 */
public record Packets(int sent, int answered, int late, int refused) {

    static final Packets NONE = new Packets(0, 0, 0, 0);

    Packets and(Packets more) {
        return new Packets(sent + more.sent, answered + more.answered, late + more.late, refused + more.refused);
    }
}
