package io.vperf.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The layer of the config file: strict UTF-8, in the format of {@link Properties#load}. */
final class ConfigFile {

    private ConfigFile() {}

    /** A file that cannot be read is an error and an empty layer. */
    static Layer read(String path, FileReader files, List<String> errors) {
        Layer layer = new Layer(Source.CONFIG_FILE, path, errors);
        try {
            new Lines(layer).load(new StringReader(decode(files.read(path))));
        } catch (IOException | IllegalArgumentException | SecurityException e) {
            errors.add("config file " + Words.shown(path) + ": cannot be read, " + reason(e)
                    + " (accepted: a readable java.util.Properties file in UTF-8)");
        }
        return layer;
    }

    private static String decode(byte[] content) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            // Editors of Windows write a byte order mark, which would be part of the first key.
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new IOException("byte " + (bytes.position() + 1) + " is not UTF-8", e);
        }
    }

    /** The messages of file system exceptions are paths; the reason is in their type or in a field. */
    private static String reason(Exception e) {
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        @Nullable String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
        return reason == null ? e.getClass().getName() : reason;
    }

    /** Hands each line over as it is read: the table of {@link Properties} keeps neither order nor repeated keys. */
    private static final class Lines extends Properties {

        private static final long serialVersionUID = 1L;

        private final transient Layer layer;

        Lines(Layer layer) {
            this.layer = layer;
        }

        @Override
        public synchronized @Nullable Object put(Object key, Object value) {
            layer.add((String) key, (String) value);
            return null;
        }
    }
}
