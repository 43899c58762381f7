package io.vperf.annotations;

/**
 * A piece of code that is measured like a method:
 *
 * <pre>{@code
 * try (Region r = Region.begin("parse")) {
 *     …
 * }
 * }</pre>
 *
 * <p>It is reported as {@code region:parse}. Regions nest among each other and with measured methods and recur as methods
 * do. Without the agent a region does nothing, and compiled code holds nothing of it. With the agent compiled code
 * allocates nothing for it; before JDK 22, whose compiler keeps handlers of exceptions that never came, 24 bytes where something
 * in its block could throw.
 *
 * <p><b>Exceptions</b> are never counted for a region: try-with-resources does not tell {@link #close} why the block ended.
 * A region that ends by one is an ordinary call.
 *
 * <p><b>Names</b> are best constants. Every distinct one takes a place among the methods that the agent measures ({@code
 * methods=}, at most half of which regions may fill); regions beyond are not measured, and counted. Control characters
 * are reported as blanks; only the first 200 characters count. A region whose name is null or empty is not measured, and counted.
 *
 * <p><b>Close it on the thread that began it, in the method that began it, innermost first</b>, as try-with-resources does.
 * Anything else harms no more than the region itself:
 *
 * <ul>
 *   <li>Closing it again has no effect.
 *   <li>Regions begun inside of it and still open are dropped with it.
 *   <li>A close on another thread, or inside of a measured method called from the region, is refused.
 *   <li>A region that is never closed is dropped when a measured method or a region around it ends, or its thread. Until then it
 *       stays open, and a thread begins no more regions once 8,192 measured calls are open on it.
 * </ul>
 *
 * All but the first are counted under Health.
 *
 * <p>{@code javac -Xlint:try} warns of a resource that its block does not use: {@code @SuppressWarnings("try")}, or call
 * it {@code _} from Java 22 on.
 */
public final class Region implements AutoCloseable {

    /** What the agent knows this region's entry by; negative: it is not measured, or is closed. */
    private long token;

    private Region(long token) {
        this.token = token;
    }

    /**
     * Begins a region on the calling thread. Throws nothing.
     *
     * @param name what to report it as, after {@code region:}
     * @return never null
     */
    public static Region begin(String name) {
        // Always a new one: the compiler does away with an object that is the same on every way, not with one that may
        // be shared.
        return new Region(AgentCalls.enterRegion(name));
    }

    /** Ends the region. Throws nothing. */
    @Override
    public void close() {
        long open = token;
        if (open >= 0) {
            token = -1;
            AgentCalls.exitRegion(open);
        }
    }
}
