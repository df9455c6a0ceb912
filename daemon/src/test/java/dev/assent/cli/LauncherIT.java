package dev.assent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `bin/assent` of the packaged program, on machines that have this Java and that.
class LauncherIT {

    private static final Path PROGRAM =
            Path.of("target", "assent", "bin", "assent").toAbsolutePath();
    private static final String THIS_JAVA = System.getProperty("java.home");
    private static final String VERSION = "assent \\S+\n";

    @TempDir Path folder;

    /// JUnit warns at length of every link that leads out of its folder.
    @AfterEach
    void removeLinks() throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isSymbolicLink).toList()) Files.delete(file);
        }
    }

    @Test
    void it_finds_a_java_by_itself_whatever_java_is_the_machines_default() throws Exception {
        var result = run(new ProcessBuilder(PROGRAM.toString(), "--version"));

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).matches(VERSION).doesNotContain("(not from a jar)");
        assertThat(result.code()).isZero();
    }

    @Test
    void it_works_through_links_wherever_they_stand() throws Exception {
        var first = Files.createSymbolicLink(folder.resolve("first"), PROGRAM);
        var second = Files.createSymbolicLink(folder.resolve("second"), first.getFileName());

        assertThat(run(second, Map.of("ASSENT_JAVA", THIS_JAVA)).out()).matches(VERSION);
    }

    @Test
    void a_java_home_that_is_too_old_or_not_there_is_passed_over() throws Exception {
        var old = java("old", "17.0.15");
        var jvms = jvmFolder(THIS_JAVA);

        assertThat(run(PROGRAM, Map.of("JAVA_HOME", old, "ASSENT_JVM_FOLDER", jvms)).out())
                .matches(VERSION);
        assertThat(run(PROGRAM, Map.of("JAVA_HOME", "/nowhere", "ASSENT_JVM_FOLDER", jvms)).out())
                .matches(VERSION);
    }

    @Test
    void of_several_in_the_usual_place_one_that_is_new_enough_is_taken() throws Exception {
        var jvms = jvmFolder(java("a", "17.0.15"), java("b", "1.8.0_402"), THIS_JAVA);

        assertThat(run(PROGRAM, Map.of("ASSENT_JVM_FOLDER", jvms)).out()).matches(VERSION);
    }

    @Test
    void where_there_is_none_that_is_said_with_what_to_do() throws Exception {
        var jvms = jvmFolder(java("a", "17.0.15"));

        var result = run(PROGRAM, Map.of("ASSENT_JVM_FOLDER", jvms));

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .isEqualTo(
                        "assent: there is no Java 25 or newer here; looked at JAVA_HOME, PATH and "
                                + jvms
                                + "; install a JDK 25, or say where one is with ASSENT_JAVA=DIR\n");
    }

    @Test
    void a_java_that_was_named_is_taken_or_refused_and_never_passed_over() throws Exception {
        var named = run(PROGRAM, Map.of("ASSENT_JAVA", THIS_JAVA + "/bin/java"));
        var refused =
                run(PROGRAM, Map.of("ASSENT_JAVA", java("old", "17.0.15"), "JAVA_HOME", THIS_JAVA));

        assertThat(named.out()).matches(VERSION);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("is no Java 25 or newer", "unset it");
    }

    @Test
    void a_java_without_a_release_file_is_asked_itself() throws Exception {
        var home = bare();
        script(
                home.resolve("bin/java"),
                """
                [ "$1" = -version ] && echo 'openjdk version "26-ea" 2026-03-17' >&2 && exit
                exec '%s/bin/java' "$@"
                """
                        .formatted(THIS_JAVA));

        assertThat(run(PROGRAM, Map.of("JAVA_HOME", home.toString())).out()).matches(VERSION);
    }

    @Test
    void a_signal_reaches_java_and_not_a_shell_in_between() throws Exception {
        var home = bare();
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"25.0.3\"\n");
        script(home.resolve("bin/java"), "echo $$\n");
        var process = builder(PROGRAM, Map.of("JAVA_HOME", home.toString())).start();

        assertThat(text(process.getInputStream()).strip()).isEqualTo(String.valueOf(process.pid()));
    }

    @Test
    void java_gets_the_options_that_were_asked_for_after_its_own() throws Exception {
        var home = bare();
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"25\"\n");
        script(home.resolve("bin/java"), "printf '%s\\n' \"$@\"\n");

        var result =
                run(
                        PROGRAM,
                        Map.of("JAVA_HOME", home.toString(), "ASSENT_JAVA_OPTS", "-Xmx99m -Da=b"));

        assertThat(result.out())
                .containsSubsequence("-XX:+UseSerialGC\n", "-Xmx99m\n", "-Da=b\n", "-jar\n")
                .containsPattern("/assent-daemon-[^/]*\\.jar\n--version\n$");
    }

    @Test
    void commands_and_daemon_start_from_an_archive_each_for_this_very_java() throws Exception {
        var program = installed();
        var lib = folder.resolve("installed here/lib");
        var commands = Files.createFile(lib.resolve("assent-25.0.7.jsa"));

        assertThat(arguments(program, "25.0.7", "validate"))
                .contains("-XX:SharedArchiveFile=" + commands + "\n");
        assertThat(arguments(program, "25.0.8", "validate")).doesNotContain("SharedArchiveFile");
        assertThat(arguments(program, "25.0.7", "daemon")).doesNotContain("SharedArchiveFile");

        var daemon = Files.createFile(lib.resolve("daemon-25.0.7.jsa"));

        assertThat(arguments(program, "25.0.7", "daemon"))
                .contains("-XX:SharedArchiveFile=" + daemon + "\n");
    }

    @Test
    void the_java_that_was_installed_with_it_comes_before_all_but_the_one_that_was_named()
            throws Exception {
        var program = installed();
        var own = folder.resolve("installed here/runtime");
        Files.createDirectories(own.resolve("bin"));
        script(own.resolve("bin/java"), "echo its own\n");
        var named = bare();
        Files.writeString(named.resolve("release"), "JAVA_VERSION=\"25\"\n");
        script(named.resolve("bin/java"), "echo the named one\n");

        assertThat(run(program, Map.of("JAVA_HOME", named.toString())).out())
                .isEqualTo("its own\n");
        assertThat(run(program, Map.of("ASSENT_JAVA", named.toString())).out())
                .isEqualTo("the named one\n");
    }

    @Test
    void an_archive_is_written_by_a_command_in_place_of_those_there_are() throws Exception {
        var program = installed();
        var lib = folder.resolve("installed here/lib");
        Files.createFile(lib.resolve("assent-25.0.7.jsa"));

        assertThat(arguments(program, "26", "--archive", "validate", "x"))
                .contains("-XX:ArchiveClassesAtExit=" + lib.resolve("assent-26.jsa"))
                .contains("-jar\n")
                .endsWith(".jar\nvalidate\nx\n");
        assertThat(lib).isEmptyDirectory();
    }

    @Test
    void an_archive_that_no_longer_fits_is_passed_over_in_silence() throws Exception {
        var program = installed();
        try (var jars = Files.list(PROGRAM.resolveSibling("../lib"))) {
            for (var jar : jars.toList()) {
                var copy = folder.resolve("installed here/lib").resolve(jar.getFileName());
                Files.copy(jar, copy);
            }
        }

        var result =
                run(
                        builder(program, Map.of("ASSENT_JAVA", THIS_JAVA))
                                .command(program.toString(), "explain", "ASN1104"));

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).startsWith("# ASN1104");
    }

    /// What a Java of a version would be told, one argument a line.
    private String arguments(Path program, String version, String... arguments) throws Exception {
        var home = bare();
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        script(home.resolve("bin/java"), "printf '%s\\n' \"$@\"\n");
        var builder = builder(program, Map.of("JAVA_HOME", home.toString()));
        var command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        return run(builder.command(command)).out();
    }

    /// The launcher by itself, in a folder of another program.
    private Path installed() throws IOException {
        var top = folder.resolve("installed here");
        Files.createDirectories(top.resolve("lib"));
        Files.createDirectories(top.resolve("bin"));
        return Files.copy(PROGRAM, top.resolve("bin/assent"), StandardCopyOption.COPY_ATTRIBUTES);
    }

    /// A folder that looks like a Java of that version, and says something else when it is started.
    private String java(String name, String version) throws IOException {
        var home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(
                home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(home.resolve("bin/java"), "echo \"I am $0 and too old\"\n");
        return home.toString();
    }

    /// A folder for a Java that a test makes up.
    private Path bare() throws IOException {
        Files.createDirectories(folder.resolve("bare/bin"));
        return folder.resolve("bare");
    }

    private String jvmFolder(String... homes) throws IOException {
        var jvms = Files.createDirectories(folder.resolve("jvms of this test"));
        for (var i = 0; i < homes.length; i++) {
            Files.createSymbolicLink(jvms.resolve("jvm " + i), Path.of(homes[i]));
        }
        return jvms.toString();
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Result run(Path program, Map<String, String> variables) throws Exception {
        return run(builder(program, variables));
    }

    private static Result run(ProcessBuilder builder) throws Exception {
        var process = builder.start();
        var out = text(process.getInputStream());
        var err = text(process.getErrorStream());
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), out, err);
    }

    /// On a machine with the usual programs on its PATH and no java among them.
    private ProcessBuilder builder(Path program, Map<String, String> variables) throws IOException {
        var bin = folder.resolve("bin");
        if (!Files.exists(bin)) {
            Files.createDirectories(bin);
            for (var name : new String[] {"sh", "sed", "head", "readlink", "dirname", "rm"}) {
                Files.createSymbolicLink(bin.resolve(name), real(name));
            }
        }
        var builder = new ProcessBuilder(program.toString(), "--version");
        builder.environment().clear();
        builder.environment().put("PATH", bin.toString());
        builder.environment().put("ASSENT_JVM_FOLDER", folder.resolve("none").toString());
        builder.environment().putAll(variables);
        return builder;
    }

    private static Path real(String name) throws IOException {
        for (var place : new String[] {"/bin", "/usr/bin"}) {
            var file = Path.of(place, name);
            if (Files.exists(file)) return file.toRealPath();
        }
        throw new IOException("this machine has no " + name);
    }

    private static String text(java.io.InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }

    private record Result(int code, String out, String err) {}
}
