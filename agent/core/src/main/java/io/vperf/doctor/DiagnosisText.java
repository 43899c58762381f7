package io.vperf.doctor;

import io.vperf.Version;
import java.util.List;
import java.util.Locale;

/** On a terminal. */
public final class DiagnosisText {

    private static final int NAME_WIDTH = 22;

    private DiagnosisText() {}

    /** The whole text, ending with a new line. */
    public static String of(Diagnosis diagnosis, String subject) {
        StringBuilder out = new StringBuilder("vperf " + Version.current() + " doctor: " + subject + "\n");
        diagnosis.machine().forEach(fact -> line(out, fact.name(), fact.value()));
        for (Verdict verdict : Verdict.values()) {
            List<Finding> findings = diagnosis.findings().stream()
                    .filter(f -> f.verdict() == verdict)
                    .toList();
            if (findings.isEmpty()) {
                continue;
            }
            out.append('\n').append(verdict.title()).append('\n');
            for (Finding finding : findings) {
                line(out, finding.name(), finding.detail());
                if (!finding.remedy().isEmpty()) {
                    line(out, "", "remedy: " + finding.remedy());
                }
            }
        }
        if (!diagnosis.costsNs().isEmpty()) {
            out.append("\nwhat a reading costs here, as far as half a second can tell ('cost' takes its time)\n");
            diagnosis.costsNs().forEach((name, ns) -> line(out, name, String.format(Locale.ROOT, "%,.0f ns", ns)));
        }
        return out.toString();
    }

    private static void line(StringBuilder out, String name, String text) {
        out.append("  ").append(name).append(" ".repeat(Math.max(1, NAME_WIDTH - name.length())));
        out.append(text).append('\n');
    }
}
