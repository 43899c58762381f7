package io.vperf.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All layers, the first one that has a value wins. Only for layers without errors. */
final class Resolved {

    private final List<Layer> layers;

    Resolved(List<Layer> layers) {
        this.layers = layers;
    }

    <T> T value(Option<T> option) {
        try {
            return option.type().parse(setting(option).value());
        } catch (WrongValueException e) {
            // Layers let no wrong value in, and a test reads every default.
            throw new IllegalStateException(setting(option).describe(), e);
        }
    }

    /** One setting for every option that has a value. */
    List<Setting> settings() {
        List<Setting> settings = new ArrayList<>(OptionTable.ALL.size());
        for (Option<?> option : OptionTable.ALL) {
            Setting setting = setting(option);
            boolean none =
                    setting.source() == Source.DEFAULT && option.defaultText().isEmpty();
            if (!none) {
                settings.add(setting);
            }
        }
        return List.copyOf(settings);
    }

    private Setting setting(Option<?> option) {
        for (Layer layer : layers) {
            @Nullable Setting setting = layer.setting(option);
            if (setting != null) {
                return setting;
            }
        }
        return new Setting(option.key(), option.defaultText(), Source.DEFAULT, "");
    }
}
