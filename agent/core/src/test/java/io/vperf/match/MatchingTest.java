package io.vperf.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.vperf.instrument.ClassPreview;
import io.vperf.select.Patterns;
import io.vperf.select.Selection;
import io.vperf.select.WrongPatternException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatchingTest {

    private static final String PREFIX = "io.vperf.match.Shop$";

    private final Path folder;

    MatchingTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private static Matches match(String include, Path... files) {
        try {
            return Matching.of(new Selection(Patterns.parse(include), Patterns.NONE, false), List.of(files));
        } catch (WrongPatternException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static List<String> measured(Matches matches) {
        return matches.measured().stream().map(ClassPreview.Line::pattern).toList();
    }

    @Test
    void shouldReadAJarAFolderAndAClassFileAlike() throws IOException {
        Path jar = new Archives().put("", Shop.Orders.class).write(folder.resolve("a.jar"));
        Path file = folder.resolve("classes/x/Orders.class");
        Files.createDirectories(file.getParent());
        Files.write(file, Archives.classFile(Shop.Orders.class));

        for (Path path : List.of(jar, folder.resolve("classes"), file)) {
            Matches matches = match("Shop$Orders", path);
            assertThat(measured(matches)).as(path.toString()).containsExactly(PREFIX + "Orders#find(java.lang.String)");
            assertThat(matches.leftOut())
                    .extracting(ClassPreview.Line::signature)
                    .containsExactlyInAnyOrder("<init>()", "getLast()");
        }
    }

    @Test
    void shouldLookIntoTheJarsOfASpringBootJar() {
        byte[] library = new Archives().put("", Shop.Repository.class).bytes();
        Path jar = new Archives()
                .put("BOOT-INF/classes/", Shop.Orders.class)
                .put("BOOT-INF/lib/library-1.0.jar", library)
                .write(folder.resolve("boot.jar"));

        Matches matches = match("*Repository+", jar);
        assertThat(measured(matches))
                .containsExactlyInAnyOrder(PREFIX + "Orders#find(java.lang.String)", PREFIX + "Repository#count()");
        assertThat(matches.classes()).isEqualTo(2);
        assertThat(matches.missing()).isEmpty();
    }

    @Test
    void shouldLookIntoAWarInAnEar() {
        byte[] war = new Archives().put("WEB-INF/classes/", Shop.Orders.class).bytes();
        Path ear = new Archives().put("web.war", war).write(folder.resolve("app.ear"));

        assertThat(measured(match("**.Shop$*", ear))).hasSize(1);
    }

    /** Annotations of the library's are no part of the application, and neither need they be there. */
    @Test
    void shouldNameSupertypesThatAreMissing() {
        Path jar = new Archives().put("", Shop.Orders.class).write(folder.resolve("a.jar"));

        assertThat(match("Whatever+", jar).missing()).containsExactly(PREFIX + "Repository");
        assertThat(match("**.Shop$*", jar).missing()).isEmpty();
    }

    @Test
    void shouldFollowTheClassPathInAManifest() {
        new Archives().put("", Shop.Repository.class).write(folder.resolve("lib/b.jar"));
        Path jar = new Archives()
                .put("", Shop.Orders.class)
                .attribute("Class-Path", "lib/b.jar lib/none.jar http://127.0.0.1/c.jar a.jar")
                .write(folder.resolve("a.jar"));

        Matches matches = match("**", jar);
        assertThat(matches.classes()).isEqualTo(2);
        assertThat(matches.unreadable()).isEmpty();
    }

    @Test
    void shouldTakeTheFirstOfClassesOfOneName() {
        Path first = new Archives().put("", Shop.Orders.class).write(folder.resolve("a.jar"));
        Path second = new Archives().put("", Shop.Orders.class).write(folder.resolve("b.jar"));

        assertThat(measured(match("*Orders", first, second, first))).hasSize(1);
    }

    /** There is no JVM without versions/9. */
    @Test
    void shouldTakeTheVersionsOfAMultiReleaseJarThatThisJvmTakes() {
        String later = Shop.Later.class.getName().replace('.', '/');
        Path jar = new Archives()
                .attribute("Multi-Release", "true")
                .put(later + ".class", Archives.classFile(Shop.Later.class))
                .put("META-INF/versions/9/" + later + ".class", Shop.huge(later))
                .put("META-INF/versions/9/only/Nine.class", Shop.huge("only/Nine"))
                .put("META-INF/versions/999/" + later + ".class", new byte[0])
                .write(folder.resolve("a.jar"));

        Matches matches = match("*Later;only.Nine", jar);
        assertThat(matches.unreadable()).isEmpty();
        assertThat(matches.lines()).extracting(ClassPreview.Line::signature).containsExactly("huge()", "huge()");
    }

    @Test
    void shouldListMarkedMethodsTooAndLeaveOutWhatCannotCarryAProbe() {
        Path jar = new Archives()
                .put("", Shop.Marked.class)
                .put("Huge.class", Shop.huge("Huge"))
                .write(folder.resolve("a.jar"));

        Matches matches = match("Huge", jar);
        assertThat(matches.measured())
                .singleElement()
                .isEqualTo(
                        new ClassPreview.Line(PREFIX + "Marked", "marked()", "own name", true, null, null, List.of()));
        assertThat(matches.leftOut())
                .singleElement()
                .satisfies(line -> assertThat(line.leftOut()).contains("HotSpot"));
    }

    @Test
    void shouldGoOnBehindWhatCannotBeRead() throws IOException {
        Path noJar = Files.writeString(folder.resolve("no.jar"), "text");
        Path broken = new Archives().put("a/Broken.class", new byte[20]).write(folder.resolve("broken.jar"));
        Path jar = new Archives().put("", Shop.Orders.class).write(folder.resolve("a.jar"));

        Matches matches = match("@x.Y;*Orders", folder.resolve("missing.jar"), noJar, broken, jar);
        assertThat(measured(matches)).hasSize(1);
        assertThat(matches.unreadable())
                .hasSize(3)
                .anySatisfy(line -> assertThat(line).contains("missing.jar: no such file"))
                .anySatisfy(line -> assertThat(line).contains("no.jar: neither a jar nor a folder"))
                .anySatisfy(line -> assertThat(line).contains("broken.jar!/a/Broken.class: no class file"));
    }

    /** Each line is a pattern that measures that method alone. */
    @Test
    void shouldListPatternsThatNameOneMethodEach() {
        Path jar = new Archives()
                .put("", Shop.Orders.class, Shop.Repository.class, Shop.Later.class)
                .write(folder.resolve("a.jar"));

        List<String> all = measured(match("io.vperf.match.**#*;**#<init>", jar));
        assertThat(all).hasSize(5);
        for (String one : all) {
            assertThat(measured(match(one, jar))).containsExactly(one);
        }
    }
}
