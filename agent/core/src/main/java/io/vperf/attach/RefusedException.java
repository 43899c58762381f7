package io.vperf.attach;

/** Another JVM cannot be attached to, or vperf there does not do what it was asked for. */
public final class RefusedException extends Exception {

    private static final long serialVersionUID = 1;

    /**
     * @param remedy empty if the reason says it
     */
    public RefusedException(String reason, String remedy) {
        super(remedy.isEmpty() ? reason : reason + "; " + remedy);
    }
}
