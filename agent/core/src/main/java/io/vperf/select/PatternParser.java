package io.vperf.select;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads one pattern. Used once, by one thread. Positions in faults count characters of the pattern from 1. */
final class PatternParser {

    private final String text;
    private final List<String> faults;
    private final int faultsBefore;

    /**
     * For a pattern without white space around it.
     *
     * @param faults what is wrong is added here
     */
    PatternParser(String text, List<String> faults) {
        this.text = text;
        this.faults = faults;
        this.faultsBefore = faults.size();
    }

    /** Null if anything is wrong. */
    @Nullable
    MethodPattern parse() {
        int hash = text.indexOf('#');
        int typeEnd = hash < 0 ? text.length() : hash;
        if (typeEnd == 0) {
            fault(0, "no class before '#', write *".concat(text).concat(" for any"));
        }
        boolean subtypes = typeEnd > 0 && text.charAt(typeEnd - 1) == '+';
        int nameEnd = subtypes ? typeEnd - 1 : typeEnd;
        if (nameEnd == 0 && typeEnd > 0) {
            fault(0, "no class before '+', write the class whose subtypes are meant");
        }
        AnnotationPattern typeAnnotation = null;
        NamePattern type = null;
        if (text.charAt(0) == '@') {
            typeAnnotation = annotation(0, nameEnd, subtypes);
        } else {
            type = type(0, nameEnd, hash < 0);
        }
        NamePattern method = null;
        AnnotationPattern methodAnnotation = null;
        ArgumentsPattern arguments = null;
        if (hash >= 0) {
            int start = hash + 1;
            int parenthesis = text.indexOf('(', start);
            if (start < text.length() && text.charAt(start) == '@') {
                boolean inherited = text.endsWith("+");
                methodAnnotation = annotation(start, inherited ? text.length() - 1 : text.length(), inherited);
            } else {
                int end = parenthesis < 0 ? text.length() : parenthesis;
                method = member(start, end);
                arguments = parenthesis < 0 ? null : arguments(parenthesis);
            }
        }
        if (faults.size() > faultsBefore) {
            return null;
        }
        return new MethodPattern(text, type, subtypes, typeAnnotation, method, methodAnnotation, arguments);
    }

    /** Of a group, or its own name. */
    private AnnotationPattern annotation(int at, int end, boolean inherited) {
        String name = text.substring(at + 1, end);
        List<String> group = AnnotationGroup.find(name);
        if (group == null) {
            boolean word = !name.isEmpty() && name.equals(name.toLowerCase(Locale.ROOT));
            if (word && Characters.areLetters(name)) {
                fault(
                        at,
                        "no such group of annotations; there are " + String.join(", ", AnnotationGroup.names())
                                + ", and annotations by their own names");
            }
            return new AnnotationPattern(new NamePattern[] {type(at + 1, end, false)}, inherited);
        }
        NamePattern[] names = new NamePattern[group.size()];
        for (int i = 0; i < names.length; i++) {
            names[i] = NamePattern.ofType(group.get(i));
        }
        return new AnnotationPattern(names, inherited);
    }

    /** A type's name with wildcards. */
    private NamePattern type(int start, int end, boolean mayBeReported) {
        String name = text.substring(start, end);
        int parenthesis = name.indexOf('(');
        int dot = parenthesis < 0 ? -1 : name.lastIndexOf('.', parenthesis);
        if (mayBeReported && dot > 0) {
            // As methods are called in reports.
            fault(
                    start + dot,
                    "no '#' before the method, write " + name.substring(0, dot) + '#' + name.substring(dot + 1));
            return NamePattern.ofType("*");
        }
        if (name.isEmpty() && start > 0) {
            fault(start, "a name is missing, write * for any");
        }
        for (int i = start; i < end; i++) {
            boolean partEnds = text.charAt(i) == '.' && (i == start || i + 1 == end || text.charAt(i + 1) == '.');
            if (partEnds) {
                fault(
                        i,
                        i + 1 < end && text.charAt(i + 1) == '.'
                                ? "a name part is missing, write .**. for packages in between"
                                : "a name neither begins nor ends with a dot");
                break;
            }
            if (!character(i, i + 1 == end)) {
                break;
            }
        }
        return NamePattern.ofType(name);
    }

    private NamePattern member(int start, int end) {
        String name = text.substring(start, end);
        if (name.isEmpty()) {
            fault(start, "no method after '#', write * for any, <init> for constructors");
        }
        boolean initializer = name.equals("<clinit>");
        if (initializer || (name.startsWith("<") && !name.equals("<init>"))) {
            fault(
                    start,
                    "constructors are called <init>; nothing else begins with '<', and class initializers are not measured");
            return NamePattern.ofMember(name);
        }
        for (int i = start; i < end && !name.equals("<init>"); i++) {
            if (text.charAt(i) == '.') {
                fault(i, "a method's name has no dot; its class stands before the '#'");
                break;
            }
            if (!character(i, i + 1 == end)) {
                break;
            }
        }
        return NamePattern.ofMember(name);
    }

    private ArgumentsPattern arguments(int open) {
        int close = text.indexOf(')', open);
        if (close < 0) {
            fault(open, "'(' is never closed, add ')'");
        } else if (close + 1 < text.length()) {
            fault(close + 1, "text after ')', remove it; patterns have ';' between them");
        }
        int end = close < 0 ? text.length() : close;
        List<NamePattern> elements = new ArrayList<>();
        if (!text.substring(open + 1, end).isBlank()) {
            int start = open + 1;
            while (start <= end) {
                int comma = text.indexOf(',', start);
                int last = comma < 0 || comma > end ? end : comma;
                elements.add(argument(start, last));
                start = last + 1;
            }
        }
        return new ArgumentsPattern(elements);
    }

    /** One type, or {@code ..}. */
    private NamePattern argument(int from, int to) {
        int start = from;
        int end = to;
        while (start < end && text.charAt(start) == ' ') {
            start++;
        }
        while (end > start && text.charAt(end - 1) == ' ') {
            end--;
        }
        String written = text.substring(start, end);
        if (written.equals(ArgumentsPattern.ANY_NUMBER)) {
            return NamePattern.ofType(written);
        }
        if (written.isEmpty()) {
            fault(start, "a type is missing, write * for any one, .. for any number of any");
            return NamePattern.ofType("*");
        }
        String brackets = "";
        boolean variable = written.endsWith("...");
        if (variable) {
            brackets = "[]";
            end -= 3;
        }
        while (text.substring(start, end).endsWith("[]")) {
            brackets = brackets.concat("[]");
            end -= 2;
        }
        NamePattern name = type(start, end, false);
        return brackets.isEmpty() ? name : NamePattern.ofType(name.toString().concat(brackets));
    }

    /** Whether a character can be part of a name or stand for one; else why not is told. */
    private boolean character(int at, boolean last) {
        String problem = Characters.problem(text, at, last);
        if (problem != null) {
            fault(at, problem);
        }
        return problem == null;
    }

    private void fault(int at, String problem) {
        faults.add("pattern '" + text + "', character " + (at + 1) + ": " + problem);
    }
}
