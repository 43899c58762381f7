package io.vperf.compare;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One method that was called in both. */
final class Compared {

    final String name;
    final Side a;
    final Side b;
    private final Map<Figure, Change> figures = new LinkedHashMap<>();

    /** What each part of wall time became; empty where nobody knows. */
    final List<Cause> parts;

    final Verdict verdict;

    Compared(String name, Side a, Side b) {
        this.name = name;
        this.a = a;
        this.b = b;
        Figure.all().forEach(figure -> figures.put(figure, judge(figure)));
        parts = Cause.of(a, b);
        verdict = Verdict.of(this);
    }

    private Change judge(Figure figure) {
        Double ofA = a.value(figure);
        Double ofB = b.value(figure);
        boolean overlap = ofA != null
                && ofB != null
                && a.least(figure, ofA) <= b.most(figure, ofB)
                && b.least(figure, ofB) <= a.most(figure, ofA);
        // Of figures without bounds these are the figures themselves.
        boolean bounded = ofA != null && ofB != null && !ofA.equals(ofB) && overlap;
        return Noise.judge(ofA, ofB, a.error(figure), b.error(figure), Math.min(a.units(), b.units()), bounded);
    }

    Change change(Figure figure) {
        Change change = figures.get(figure);
        if (change == null) {
            throw new IllegalArgumentException(figure.key());
        }
        return change;
    }

    /** Why it is unknown, if it is; for people. */
    String why(Figure figure) {
        if (a.all.isLimit(figure.metric()) || b.all.isLimit(figure.metric())) {
            return "only a limit is known, as calls were drawn";
        }
        String where = a.value(figure) == null ? (b.value(figure) == null ? "A and B" : "A") : "B";
        return switch (figure.metric()) {
            case CORRECTED, STOLEN -> "steal is unknown in " + where + ", where the head says why";
            case CPU -> "CPU time is unknown in " + where + ", where the head says why";
            default -> "it is unknown in " + where;
        };
    }

    /** Why noise is unknown, if it is. */
    String whyNoNoise(Figure figure) {
        return figure.hasNoise()
                ? a.isNoiseKnown() ? "in B " + b.whyNoNoise() : "in A " + a.whyNoNoise()
                : "the maximum is one call's";
    }
}
