package io.vperf.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the options from all sources. Called by {@code launcher} and the command line, once, on the thread that starts
 * the agent. Never throws for any input; what is wrong is in the result, all of it at once.
 */
public final class ConfigReader {

    private final Map<String, String> systemProperties;
    private final Map<String, String> environment;
    private final FileReader files;

    /** The maps are copied by nobody and read during {@link #read}; names that do not start as vperf's are ignored. */
    public ConfigReader(Map<String, String> systemProperties, Map<String, String> environment, FileReader files) {
        this.systemProperties = systemProperties;
        this.environment = environment;
        this.files = files;
    }

    /** Reads this JVM's system properties, its environment and the file system. */
    public static ConfigReader ofThisProcess() {
        Properties properties = System.getProperties();
        Map<String, String> texts = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) {
            @Nullable String text = properties.getProperty(name);
            // Another thread may have removed it meanwhile.
            if (text != null) {
                texts.put(name, text);
            }
        }
        return new ConfigReader(texts, System.getenv(), new DiskReader());
    }

    /** Reads everything; {@code agentArguments} is what follows {@code -javaagent:vperf.jar=}, null if nothing does. */
    public Parsed read(@Nullable String agentArguments) {
        List<String> errors = new ArrayList<>();
        List<Layer> layers = new ArrayList<>(4);
        layers.add(arguments(agentArguments, errors));
        layers.add(named(Source.SYSTEM_PROPERTY, systemProperties, errors));
        layers.add(named(Source.ENVIRONMENT, environment, errors));
        @Nullable String configPath = first(layers, OptionTable.CONFIG);
        if (configPath != null) {
            layers.add(ConfigFile.read(configPath, files, errors));
        }
        if (first(layers, OptionTable.HELP) != null) {
            return new Parsed.Help();
        }
        if (!errors.isEmpty()) {
            return new Parsed.Wrong(errors);
        }
        return new Parsed.Ok(Options.of(new Resolved(layers)));
    }

    private static Layer arguments(@Nullable String text, List<String> errors) {
        Layer layer = new Layer(Source.AGENT_ARGUMENT, "", errors);
        if (text != null) {
            for (ArgumentScanner.Argument argument : ArgumentScanner.scan(text, errors)) {
                layer.add(argument.key(), argument.value());
            }
        }
        return layer;
    }

    private static Layer named(Source source, Map<String, String> texts, List<String> errors) {
        Layer layer = new Layer(source, "", errors);
        // Sorted, so that errors come in the same order every time.
        Map<String, String> ours = new TreeMap<>();
        for (Map.Entry<String, String> entry : texts.entrySet()) {
            if (source.keyOf(entry.getKey()) != null && !isOfKubernetes(source, entry.getKey())) {
                ours.put(entry.getKey(), entry.getValue());
            }
        }
        for (Map.Entry<String, String> entry : ours.entrySet()) {
            layer.add(entry.getKey(), entry.getValue());
        }
        return layer;
    }

    /** Kubernetes sets these in every pod beside a service that is called vperf. */
    private static boolean isOfKubernetes(Source source, String name) {
        return source == Source.ENVIRONMENT
                && (name.startsWith("VPERF_SERVICE_") || name.equals("VPERF_PORT") || name.startsWith("VPERF_PORT_"));
    }

    private static @Nullable String first(List<Layer> layers, Option<?> option) {
        for (Layer layer : layers) {
            @Nullable String text = layer.text(option);
            if (text != null) {
                return text;
            }
        }
        return null;
    }
}
