package io.vperf.doctor;

/** How much of something vperf can have here. */
public enum Verdict {
    OK("ok"),
    LIMITED("limited"),
    IMPOSSIBLE("not possible");

    private final String title;

    Verdict(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
