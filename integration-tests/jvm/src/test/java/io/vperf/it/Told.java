package io.vperf.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A program that does what it is told, a line on its stdin each, and answers with a line on its stdout each. */
final class Told implements AutoCloseable {

    private final Jvm jvm;
    private final Process process;
    private final Path stdout;

    /**
     * @param folder the JVM's own
     */
    Told(Jvm jvm, Path folder, Process process) {
        this.jvm = jvm;
        this.process = process;
        this.stdout = folder.resolve("stdout");
    }

    /** The next line that begins like this. */
    String tell(String line, String answerPrefix) {
        long before = answers(answerPrefix).size();
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        jvm.await(
                process,
                answerPrefix + " after " + line,
                () -> answers(answerPrefix).size() > before);
        List<String> all = answers(answerPrefix);
        return all.get(all.size() - 1);
    }

    /** Complete lines. */
    private List<String> answers(String prefix) {
        try {
            String all = Files.readString(stdout);
            return all.substring(0, all.lastIndexOf('\n') + 1)
                    .lines()
                    .filter(line -> line.startsWith(prefix))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Process process() {
        return process;
    }

    /** Its stdin ends, and so does it. */
    Jvm.Finished end() throws IOException {
        process.getOutputStream().close();
        return jvm.finish(process);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
