package io.vperf.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One reading of the configuration, with every source given by the test. */
final class Reading {

    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, byte[]> files = new HashMap<>();
    private @Nullable String arguments;

    static Reading of(@Nullable String arguments) {
        Reading reading = new Reading();
        reading.arguments = arguments;
        return reading;
    }

    Reading property(String name, String value) {
        properties.put(name, value);
        return this;
    }

    Reading environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Reading file(String path, String content) {
        return file(path, content.getBytes(StandardCharsets.UTF_8));
    }

    Reading file(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    Parsed parsed() {
        return new ConfigReader(properties, environment, this::read).read(arguments);
    }

    Options options() {
        Parsed parsed = parsed();
        assertThat(parsed).isInstanceOf(Parsed.Ok.class);
        return ((Parsed.Ok) parsed).options();
    }

    List<String> errors() {
        Parsed parsed = parsed();
        assertThat(parsed).isInstanceOf(Parsed.Wrong.class);
        return ((Parsed.Wrong) parsed).errors();
    }

    private byte[] read(String path) throws IOException {
        byte @Nullable [] content = files.get(path);
        if (content == null) {
            throw new NoSuchFileException(path);
        }
        return content;
    }
}
