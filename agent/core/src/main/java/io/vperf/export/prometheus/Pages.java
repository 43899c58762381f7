package io.vperf.export.prometheus;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of one interval, written out when somebody asks for the first time: who asks often costs next to nothing. Used by the
 * server's thread.
 */
final class Pages {

    private final Supplier<MetricSnapshots> metrics;
    private final Map<Format, byte[]> plain = new HashMap<>();
    private final Map<Format, byte[]> compressed = new HashMap<>();
    private @Nullable MetricSnapshots taken;

    Pages(Supplier<MetricSnapshots> metrics) {
        this.metrics = metrics;
    }

    Answer page(Format format, boolean gzip) throws IOException {
        Map<Format, byte[]> written = gzip ? compressed : plain;
        byte[] body = written.get(format);
        if (body == null) {
            body = write(format, gzip);
            written.put(format, body);
        }
        return new Answer(200, format.writer().getContentType(), gzip, body);
    }

    private byte[] write(Format format, boolean gzip) throws IOException {
        MetricSnapshots all = taken == null ? metrics.get() : taken;
        taken = all;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = gzip ? new GZIPOutputStream(bytes) : bytes) {
            format.writer().write(out, all, EscapingScheme.UNDERSCORE_ESCAPING);
        }
        return bytes.toByteArray();
    }
}
