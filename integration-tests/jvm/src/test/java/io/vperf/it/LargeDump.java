package io.vperf.it;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.HdrHistogram.Histogram;

/**
 * A dump of a day that nobody had to wait for, in vperf's format. A method has {@link #CALLS} calls in each interval in which it is called;
 * one has slow calls in one interval.
 */
final class LargeDump {

    static final int CALLS = 100;
    static final long START_MS = 1_700_000_000_000L;
    static final long INTERVAL_MS = 10_000;
    static final long SLOW_NS = 77_000_000_000L;

    /** As {@link #SLOW_NS} in a histogram of two digits. */
    static final String SLOW = "77.3 s";

    /** The one that has it: two of them, so that they are its 99th percentile there. */
    static final int SLOW_METHOD = 7;

    /** A method whose name would be markup, and run. */
    static final String HOSTILE =
            "shop.</script><script>document.title='broken'</script><img src=x onerror=document.title='broken'>";

    private static final int HOSTILE_METHOD = 3;

    private LargeDump() {}

    static String name(int method) {
        return method == HOSTILE_METHOD ? HOSTILE : "shop.Service%04d.handle(java.lang.String)".formatted(method);
    }

    /**
     * Writes it.
     *
     * @param each a method is called in one of so many intervals
     */
    static void write(Path file, int methods, int intervals, int each) throws IOException {
        String[] usual = new String[methods];
        String slow = lines(SLOW_METHOD, SLOW_NS);
        for (int i = 0; i < methods; i++) {
            usual[i] = lines(i, 0);
        }
        int slowAt = intervals / 3 / each * each + SLOW_METHOD % each;
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.ISO_8859_1)) {
            out.write(
                    "#[Histogram log format version 1.3]\n#vperf {\"v\":1,\"kind\":\"run\",\"run\":{\"version\":\"0.1.0\","
                            + "\"startedMs\":" + START_MS
                            + ",\"pid\":1,\"host\":\"large\",\"jvm\":\"a JVM\",\"kernel\":\"6.1\","
                            + "\"vcpus\":2,\"hypervisor\":\"KVM\",\"kernelKind\":\"excludes: a test\",\"steal\":\"KVM steal clock\","
                            + "\"clocks\":{\"wall\":\"System.nanoTime\"},\"costsNs\":{},\"options\":{},\"capabilities\":[],"
                            + "\"shortNs\":50000,\"intervalNs\":10000000000}}\n");
            for (int i = 0; i < intervals; i++) {
                for (int method = i % each; method < methods; method += each) {
                    out.write(i == slowAt && method == SLOW_METHOD ? slow : usual[method]);
                }
                long startMs = START_MS + i * INTERVAL_MS;
                long stolenNs = i < intervals / 2 ? 0 : (i - intervals / 2 + 1) * 100_000_000L;
                out.write("#vperf {\"v\":1,\"kind\":\"interval\",\"startMs\":" + startMs + ",\"endMs\":"
                        + (startMs + INTERVAL_MS) + ",\"vcpus\":[{\"vcpu\":0,\"watchedNs\":"
                        + (i + 1) * INTERVAL_MS * 1_000_000 + ",\"stolenNs\":" + stolenNs
                        + ",\"attributedNs\":0,\"onCreditNs\":0}],\"health\":{}}\n");
            }
            out.write("#vperf {\"v\":1,\"kind\":\"end\",\"endMs\":" + (START_MS + intervals * INTERVAL_MS) + "}\n");
        }
    }

    /**
     * A method's lines of one interval.
     *
     * @param slowNs of one call; 0: none is slow
     */
    private static String lines(int method, long slowNs) {
        long[] ns = new long[CALLS];
        for (int i = 0; i < CALLS; i++) {
            ns[i] = 1_000L * (method + 1) + 997L * i * i;
        }
        ns[CALLS - 1] = Math.max(ns[CALLS - 1], slowNs);
        ns[CALLS - 2] = Math.max(ns[CALLS - 2], slowNs);
        long wallNs = Arrays.stream(ns).sum();
        String tag = name(method).replace("'", "%27").replace("=", "%3D").replace(" ", "%20");
        return "Tag=wall:" + tag + ",0.000,10.000,1.000," + encoded(ns, 0) + "\nTag=corrected:" + tag
                + ",0.000,10.000,1.000," + encoded(ns, 500) + "\nTag=stolen:" + tag + ",0.000,10.000,1.000,"
                + encoded(new long[CALLS], 0) + "\n#vperf {\"v\":1,\"kind\":\"method\",\"name\":\"" + name(method)
                + "\",\"calls\":" + CALLS + ",\"measuredCalls\":" + CALLS + ",\"exceptions\":0,\"wallNs\":" + wallNs
                + ",\"selfNs\":" + wallNs + ",\"measuredCallees\":0,\"cpuNs\":" + wallNs / 2
                + ",\"cpuUnknownCalls\":0,\"stolenNs\":" + 500 * CALLS + ",\"correctedNs\":" + (wallNs - 500 * CALLS)
                + ",\"boundNs\":0,\"leastStolenNs\":" + 500 * CALLS + ",\"mostStolenNs\":" + 500 * CALLS
                + ",\"uncorrectedCalls\":0,\"samplingFactor\":1,\"inFlight\":0,\"oldestInFlightNs\":0,\"parts\":{\"running\":"
                + wallNs / 2 + ",\"waiting\":" + (wallNs - wallNs / 2) + "},\"slowLeftOut\":0}\n";
    }

    private static String encoded(long[] ns, long lessNs) {
        Histogram h = new Histogram(2);
        for (long value : ns) {
            h.recordValue(Math.max(0, value - lessNs));
        }
        ByteBuffer bytes = ByteBuffer.allocate(h.getNeededByteBufferCapacity());
        int length = h.encodeIntoCompressedByteBuffer(bytes);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length));
    }
}
