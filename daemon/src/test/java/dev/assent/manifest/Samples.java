package dev.assent.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The manifests in `samples/`.
final class Samples {

    private static final Path FOLDER = Path.of("..", "samples");

    record Sample(Path path) {

        byte[] bytes() {
            try {
                return Files.readAllBytes(path);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String text() {
            return new String(bytes(), UTF_8);
        }

        String name() {
            return path.getFileName().toString();
        }

        List<Problem> problems() {
            return switch (Manifests.READER.read(path.toString(), bytes(), List.of())) {
                case Reading.Valid(var _, var warnings) -> warnings;
                case Reading.Invalid(var problems) -> problems;
            };
        }
    }

    private Samples() {}

    static List<Sample> all() {
        return in(FOLDER);
    }

    static List<Sample> broken() {
        return in(FOLDER.resolve("broken"));
    }

    static Sample of(String application) {
        return new Sample(FOLDER.resolve(application, ".cloud66", "manifest.yml"));
    }

    /// A file that is odd as bytes.
    static Sample bytes(String name) {
        return in(FOLDER.resolve("bytes", name)).getFirst();
    }

    private static List<Sample> in(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(it -> it.toString().matches(".*manifest\\.ya?ml"))
                    .sorted()
                    .map(Sample::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
