package dev.assent.cli;

import dev.assent.manifest.ManifestReader;
import dev.assent.model.ApplicationName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A manifest that can be read.
///
/// @param name what messages call it
/// @param path where it lies; empty for standard input
record ManifestFile(String name, Optional<Path> path, Opening opening) {

    private static final String HOME = ".cloud66";
    private static final Path STANDARD_INPUT = Path.of("-");

    @FunctionalInterface
    interface Opening {
        InputStream open() throws IOException;
    }

    /// What a path on the command line means: a file, every manifest below a folder, in order, or
    /// standard input where it is `-`.
    static List<ManifestFile> at(Path path, InputStream standardInput) {
        if (path.equals(STANDARD_INPUT)) {
            return List.of(new ManifestFile("<stdin>", Optional.empty(), () -> standardInput));
        }
        if (!Files.exists(path)) throw Stop.couldNotRun("there is nothing at " + path);
        if (!Files.isDirectory(path)) return List.of(of(path));
        try {
            var found = ManifestFiles.below(path);
            if (found.isEmpty()) {
                throw Stop.couldNotRun(
                        "no manifest lies below %s; a manifest is a YAML file with `manifest` in"
                                        .formatted(path)
                                + " its name");
            }
            return found.stream().map(ManifestFile::of).toList();
        } catch (IOException e) {
            throw Stop.couldNotRun("could not look into " + path + ": " + reason(e));
        }
    }

    private static ManifestFile of(Path path) {
        var plain = path.normalize();
        return new ManifestFile(
                plain.toString(), Optional.of(plain), () -> Files.newInputStream(path));
    }

    /// The bytes, at most one more than a manifest may have.
    byte[] bytes() {
        try (var in = opening.open()) {
            return in.readNBytes(ManifestReader.MAX_BYTES + 1);
        } catch (IOException e) {
            throw Stop.couldNotRun("could not read " + name + ": " + reason(e));
        }
    }

    /// The application's name: that of the folder, if that can name one; `.cloud66` is no
    /// application's name.
    Optional<String> app() {
        var folder = path.map(it -> it.toAbsolutePath().normalize().getParent());
        if (folder.map(it -> it.endsWith(HOME)).orElse(false)) folder = folder.map(Path::getParent);
        return folder.map(Path::getFileName).map(Path::toString).filter(ApplicationName::isPart);
    }

    private static String reason(IOException e) {
        return e instanceof AccessDeniedException
                ? "permission denied"
                : Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
    }
}
