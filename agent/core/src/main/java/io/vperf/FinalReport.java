package io.vperf;

import io.vperf.config.Output;
import io.vperf.export.FileTrouble;
import io.vperf.export.FreshFile;
import io.vperf.export.hlog.HlogWriter;
import io.vperf.health.Log;
import io.vperf.report.Printable;
import io.vperf.report.RunSummary;
import io.vperf.report.TextReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The report at the end of a run, where the option {@code report} wants it. */
final class FinalReport {

    private final Output to;
    private final Log log;

    FinalReport(Output to, Log log) {
        this.to = to;
        this.log = log;
    }

    /**
     * Writes it, to standard error where it can be written nowhere else.
     *
     * @param writer null where there is no dump
     */
    void write(RunSummary summary, @Nullable HlogWriter writer) {
        List<Path> dumps = writer == null ? List.of() : writer.files();
        if (to instanceof Output.Off) {
            tellDumps(dumps);
            return;
        }
        String text = TextReport.of(summary, dumps, writer == null ? List.of() : writer.missing());
        if (to instanceof Output.Stderr) {
            Log.stderr().print(Printable.onStderr(text));
        } else if (to instanceof Output.Stdout) {
            PrintStream out = Log.stdout();
            out.print(Printable.onStdoutInUtf8(text));
            if (out.checkError()) {
                log.info("cannot write the report to standard output; here it is");
                Log.stderr().print(Printable.onStderr(text));
            }
        } else if (to instanceof Output.ToFile file) {
            try {
                log.info("report written to " + writeFile(text, Path.of(file.path())));
            } catch (IOException e) {
                log.info("cannot write the report to " + file.path() + ": "
                        + FileTrouble.ofWriting(Path.of(file.path()), e)
                        + "; here it is. Choose another place with report=FILE.");
                Log.stderr().print(Printable.onStderr(text));
            }
        }
    }

    /** Where there is no report that names them. */
    private void tellDumps(List<Path> dumps) {
        if (!dumps.isEmpty()) {
            Path newest = dumps.get(dumps.size() - 1).toAbsolutePath();
            log.info("histograms written to " + newest
                    + (dumps.size() == 1 ? "" : ", the last of " + dumps.size() + " files"));
        }
    }

    private static Path writeFile(String text, Path wanted) throws IOException {
        FreshFile fresh = FreshFile.create(wanted);
        try (FileChannel channel = fresh.channel()) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
        return fresh.path().toAbsolutePath();
    }
}
