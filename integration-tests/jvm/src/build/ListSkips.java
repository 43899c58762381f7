import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Prints every skipped test of the whole build with its reason, grouped by reason, from the reports of surefire and
 * failsafe. Run by the last module, as a single source file. Argument: the root of the project.
 */
final class ListSkips {

    public static void main(String[] args) throws Exception {
        Map<String, TreeSet<String>> testsByReason = new TreeMap<>();
        long tests = 0;
        for (Path report : reports(Path.of(args[0]))) {
            NodeList cases = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(report.toFile())
                    .getElementsByTagName("testcase");
            tests += cases.getLength();
            for (int i = 0; i < cases.getLength(); i++) {
                Element test = (Element) cases.item(i);
                NodeList skipped = test.getElementsByTagName("skipped");
                if (skipped.getLength() > 0) {
                    testsByReason
                            .computeIfAbsent(reason((Element) skipped.item(0)), r -> new TreeSet<>())
                            .add(test.getAttribute("classname") + "." + test.getAttribute("name"));
                }
            }
        }
        long skips = testsByReason.values().stream().mapToLong(TreeSet::size).sum();
        System.out.println(tests + " tests in the reports, " + skips + " skipped" + (skips == 0 ? "" : ":"));
        testsByReason.forEach((reason, names) -> {
            System.out.println("  " + reason);
            names.forEach(name -> System.out.println("    " + name));
        });
    }

    /** An attribute, or, for an assumption that failed, the first line of the stack trace. */
    private static String reason(Element skipped) {
        String message = skipped.getAttribute("message");
        String text = message.isEmpty() ? skipped.getTextContent().strip().lines().findFirst().orElse("") : message;
        String reason = text.replaceFirst("^[\\w.$]*(TestAbortedException|AssumptionViolatedException): ", "")
                .replaceFirst("^Assumption failed: ", "")
                .strip();
        return reason.isEmpty() ? "no reason given" : reason;
    }

    private static List<Path> reports(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(f -> f.getFileName().toString().matches("TEST-.*\\.xml"))
                    .filter(f -> f.getParent().getFileName().toString().matches("(surefire|failsafe)-reports"))
                    .sorted()
                    .toList();
        }
    }
}
