package io.vperf.shim;

/**
 * On which side of a system call an event is counted: perf's {@code :u}, {@code :k} and {@code :ku}.
 *
 * @param user whether user space is counted
 * @param kernel whether the kernel is counted
 */
record Modifiers(boolean user, boolean kernel) {

    private static final Modifiers USER = new Modifiers(true, false);

    /** User space alone, unless something else is said: it needs no privilege and is the application's own doing. */
    static Modifiers parse(String event, String letters) throws WrongEventException {
        if (letters.isEmpty()) {
            return USER;
        }
        if (!letters.matches("[uk]+")) {
            throw new WrongEventException(
                    "counter " + event + ": modifier " + letters + " is not known",
                    "Use :u (user space, the default), :k (kernel) or :ku (both).");
        }
        return new Modifiers(letters.contains("u"), letters.contains("k"));
    }

    /** As {@link #parse}, where what is asked for can be had of this kind of event. */
    static Modifiers parse(String event, String letters, EventNames.Side side) throws WrongEventException {
        Modifiers asked = parse(event, letters);
        return switch (side) {
            case EITHER -> asked;
            case KERNEL -> {
                if (!letters.isEmpty() && !asked.kernel) {
                    throw new WrongEventException(
                            "counter " + event + " would always be 0: it happens in the kernel, which :u leaves out",
                            "Leave :u out.");
                }
                yield new Modifiers(asked.user, true);
            }
            case BOTH -> {
                if (asked.user != asked.kernel && !letters.isEmpty()) {
                    throw new WrongEventException(
                            "counter " + event + ": this clock does not tell user space from the kernel",
                            "Leave the modifier out.");
                }
                yield USER; // counts both all the same, and needs no privilege so
            }
        };
    }
}
