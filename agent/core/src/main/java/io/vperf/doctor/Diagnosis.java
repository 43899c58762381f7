package io.vperf.doctor;

import com.google.gson.GsonBuilder;
import io.vperf.Version;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that was found.
 *
 * @param machine what there is
 * @param findings what vperf makes of it
 * @param ofMachine whether it is of this machine, and not of another process
 * @param costsNs what each reading costs here, nanoseconds
 */
public record Diagnosis(List<Fact> machine, List<Finding> findings, Map<String, Double> costsNs, boolean ofMachine) {

    private static final int JSON_VERSION = 1;

    /** Without these vperf is of little use. */
    private static final List<String> NEEDED =
            List.of(Examination.WALL, Examination.CPU, Examination.STEAL, Examination.DUMP);

    /** Whether there are wall and CPU time, a source of steal, and a folder for dumps. */
    public boolean isFit() {
        return NEEDED.stream()
                .allMatch(name ->
                        findings.stream().anyMatch(f -> f.name().equals(name) && f.verdict() != Verdict.IMPOSSIBLE));
    }

    /** For programs: one object. */
    public String json() {
        return new GsonBuilder()
                .disableHtmlEscaping()
                .setPrettyPrinting()
                .create()
                .toJson(new Json(
                        JSON_VERSION, Version.current(), ofMachine ? isFit() : null, machine, findings, costsNs));
    }

    private record Json(
            int v,
            String version,
            @Nullable Boolean fit,
            List<Fact> machine,
            List<Finding> findings,
            Map<String, Double> costsNs) {}
}
