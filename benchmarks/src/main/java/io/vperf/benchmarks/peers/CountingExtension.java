package io.vperf.benchmarks.peers;

import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizer;
import io.opentelemetry.sdk.autoconfigure.spi.AutoConfigurationCustomizerProvider;

/** The OpenTelemetry agent finds it by META-INF/services in the jar it is given as an extension. */
public final class CountingExtension implements AutoConfigurationCustomizerProvider {

    @Override
    public void customize(AutoConfigurationCustomizer sdk) {
        sdk.addTracerProviderCustomizer((builder, config) -> builder.addSpanProcessor(new CountingSpans()));
    }
}
