package io.vperf.export.prometheus;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import org.jspecify.annotations.Nullable;

/**
 * The formats of Prometheus, the one that says most first. The writers are made here: the library's own way of finding one reads
 * system properties, which are the application's, should it use the same library.
 */
enum Format {
    /** The only one with native histograms. */
    PROTOBUF,
    OPEN_METRICS,
    TEXT;

    /** What the header Accept of a request asks for; text if that is none of the others. */
    static Format accepted(@Nullable String accept) {
        if (accept != null) {
            for (Format format : values()) {
                if (format.writer().accepts(accept)) {
                    return format;
                }
            }
        }
        return TEXT;
    }

    ExpositionFormatWriter writer() {
        return switch (this) {
            case PROTOBUF -> new PrometheusProtobufWriter();
            case OPEN_METRICS -> OpenMetricsTextFormatWriter.create();
            case TEXT -> PrometheusTextFormatWriter.create();
        };
    }
}
