package io.vperf.sim;

/**
 * Interrupts of a vCPU, hard and soft ones by turns. They wake an idle one.
 *
 * @param gapNs from the end of one to the beginning of the next
 * @param lengthNs how long one takes
 */
public record Interrupts(Draw gapNs, Draw lengthNs) {

    public static Interrupts none() {
        return new Interrupts(Draw.always(Long.MAX_VALUE / 4), Draw.always(0));
    }
}
