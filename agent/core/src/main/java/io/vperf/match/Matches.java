package io.vperf.match;

import io.vperf.instrument.ClassPreview;
import io.vperf.select.MethodPattern;
import io.vperf.select.Patterns;
import java.util.ArrayList;
import java.util.List;

/**
 * What would be measured.
 *
 * @param lines every method that is marked or that a pattern is about, by class and in its order there
 * @param classes how many class files were read
 * @param missing supertypes that are not among them
 * @param unreadable what could not be read, with the reason
 */
public record Matches(List<ClassPreview.Line> lines, int classes, List<String> missing, List<String> unreadable) {

    public Matches {
        lines = List.copyOf(lines);
        missing = List.copyOf(missing);
        unreadable = List.copyOf(unreadable);
    }

    /** Those that would be measured. */
    public List<ClassPreview.Line> measured() {
        return lines.stream().filter(line -> line.leftOut() == null).toList();
    }

    /** Those that would not, although somebody wants it. */
    public List<ClassPreview.Line> leftOut() {
        return lines.stream().filter(line -> line.leftOut() != null).toList();
    }

    /** Those of the patterns that bring nothing. */
    public List<MethodPattern> idle(Patterns patterns) {
        List<MethodPattern> idle = new ArrayList<>(patterns.all());
        for (ClassPreview.Line line : measured()) {
            idle.removeIf(pattern -> pattern.toString().equals(line.matchedBy()));
        }
        return idle;
    }

    /** Those of the patterns that keep nothing from being measured. */
    public List<MethodPattern> idleExcluding(Patterns patterns) {
        List<MethodPattern> idle = new ArrayList<>(patterns.all());
        lines.forEach(line -> idle.removeAll(line.excluding()));
        return idle;
    }
}
