package dev.assent;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Command;

/// What the documents say is there is there.
class DocumentsTest {

    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
    private static final Pattern CLASS = Pattern.compile("[A-Z][a-z]+(?:[A-Z]+[a-z]+)*(?:IT)?");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)\\)");
    private static final Pattern COMMAND =
            Pattern.compile("(?:^|`|bin/|: )assent ([a-z]+)(?=[ `\n])", Pattern.MULTILINE);

    private static final JavaClasses ASSENT = new ClassFileImporter().importPackages("dev.assent");

    private static final Set<String> CLASSES =
            ASSENT.stream().map(it -> it.getSimpleName()).collect(Collectors.toSet());

    private static final Set<String> COMMANDS =
            ASSENT.stream()
                    .filter(it -> it.isAnnotatedWith(Command.class))
                    .map(it -> it.getAnnotationOfType(Command.class).name())
                    .collect(Collectors.toSet());

    static List<Path> documents() throws IOException {
        try (var files = Files.walk(TOP)) {
            return files.filter(it -> it.toString().endsWith(".md"))
                    .filter(it -> !it.toString().contains("/target/"))
                    .filter(it -> !it.toString().contains("/src/"))
                    .filter(it -> !it.toString().contains("/node_modules/"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_class_that_a_document_names_exists(Path document) throws IOException {
        var named =
                found(CODE, document)
                        .map(it -> it.group(1))
                        .flatMap(it -> Stream.of(it.split("[./ ()]+")))
                        .filter(it -> CLASS.matcher(it).matches())
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(Stream.concat(CLASSES.stream(), benchmarks())).containsAll(named);
    }

    /// The classes of the module that is not always built.
    private static Stream<String> benchmarks() throws IOException {
        try (var files = Files.walk(TOP.resolve("daemon/bench/src"))) {
            return files
                    .map(it -> it.getFileName().toString())
                    .filter(it -> it.endsWith(".java"))
                    .map(it -> it.replace(".java", ""))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_file_that_a_document_links_to_exists(Path document) throws IOException {
        var links =
                found(LINK, document)
                        .map(it -> it.group(1))
                        .filter(it -> !it.contains("://"))
                        .toList();

        assertThat(links).allSatisfy(it -> assertThat(document.resolveSibling(it)).exists());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_command_that_a_document_shows_exists(Path document) throws IOException {
        var shown = found(COMMAND, document).map(it -> it.group(1)).collect(Collectors.toSet());

        assertThat(COMMANDS).containsAll(shown);
    }

    private static Stream<MatchResult> found(Pattern pattern, Path document) throws IOException {
        return pattern.matcher(Files.readString(document)).results();
    }
}
