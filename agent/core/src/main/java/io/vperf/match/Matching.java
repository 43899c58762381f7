package io.vperf.match;

import io.vperf.health.Health;
import io.vperf.health.Log;
import io.vperf.instrument.ClassPreview;
import io.vperf.select.Selection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads an application twice where supertypes or annotations matter, first for its types, then for its methods; else once. */
public final class Matching {

    private final Selection selection;
    private final ClassPreview preview;
    private final KnownTypes types = new KnownTypes();
    private final List<ClassPreview.Line> lines = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final Set<String> unreadable = new LinkedHashSet<>();

    private Matching(Selection selection) {
        this.selection = selection;
        this.preview = new ClassPreview(selection, new Health(new Log(Log.stderr(), Log.Level.OFF)));
    }

    /**
     * What would be measured of an application.
     *
     * @param files jars, folders and class files, in the order of the class path
     */
    public static Matches of(Selection selection, List<Path> files) {
        return new Matching(selection).run(files);
    }

    private Matches run(List<Path> files) {
        if (selection.needsTypes()) {
            visitAll(files, (classFile, where) -> types.add(ClassPreview.facts(classFile)));
        }
        visitAll(files, (classFile, where) -> {
            // Of classes of the same name the first is loaded.
            if (seen.add(ClassPreview.facts(classFile).name())) {
                lines.addAll(preview.of(classFile, types));
            }
        });
        return new Matches(lines, seen.size(), types.missing(), List.copyOf(unreadable));
    }

    private void visitAll(List<Path> files, ClassFiles.Visitor visitor) {
        ClassFiles reader = new ClassFiles((classFile, where) -> {
            try {
                visitor.visit(classFile, where);
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                unreadable.add(where + ": no class file, or one of a JDK too new for this vperf");
            }
        });
        Set<Path> done = new HashSet<>();
        List<Path> waiting = new ArrayList<>(files);
        for (int i = 0; i < waiting.size(); i++) {
            Path file = waiting.get(i);
            if (done.add(file.toAbsolutePath().normalize())) {
                visit(reader, file);
                waiting.addAll(reader.classPath());
                reader.classPath().clear();
            }
        }
    }

    private void visit(ClassFiles reader, Path file) {
        try {
            reader.visit(file);
        } catch (IOException e) {
            unreadable.add(file + ": " + (Files.exists(file) ? reason(e) : "no such file"));
        } catch (IllegalArgumentException | SecurityException e) {
            unreadable.add(file + ": " + e);
        }
    }

    private static String reason(IOException e) {
        return "neither a jar nor a folder nor a class file that can be read: " + e.getMessage();
    }
}
