package io.vperf.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The browser of this machine, without a window. Without one the test is skipped. */
final class Chromium {

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    private static final long PATIENCE_S = 120;

    private Chromium() {}

    /** What a page is after its scripts have run, as markup; they must have had nothing to complain of. */
    static String loaded(Path page, Path folder) throws IOException, InterruptedException {
        Path dom = folder.resolve("dom.html");
        Path log = folder.resolve("chromium.log");
        Process browser = new ProcessBuilder(
                        executable(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--user-data-dir=" + folder.resolve("profile"),
                        // All of the page is in view, so all of it is drawn.
                        "--window-size=1280,12000",
                        "--virtual-time-budget=10000",
                        "--enable-logging=stderr",
                        "--dump-dom",
                        page.toUri().toString())
                .redirectOutput(dom.toFile())
                .redirectError(log.toFile())
                .start();
        if (!browser.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
            browser.destroyForcibly().waitFor();
            throw new AssertionError("did not load within " + PATIENCE_S + " s: " + Files.readString(log));
        }
        assertThat(Files.readString(log)).doesNotContain("CONSOLE");
        return Files.readString(dom);
    }

    private static String executable() {
        for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
            for (String name : NAMES) {
                if (Files.isExecutable(Path.of(folder, name))) {
                    return Path.of(folder, name).toString();
                }
            }
        }
        return abort("no browser (" + String.join(", ", NAMES) + ") in PATH");
    }
}
