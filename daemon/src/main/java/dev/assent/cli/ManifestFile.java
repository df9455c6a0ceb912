package dev.assent.cli;

import dev.assent.manifest.ManifestReader;
import dev.assent.model.ApplicationName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// A manifest that can be read.
///
/// @param name what messages call it
/// @param path where it lies; empty where it lies nowhere, as what another program writes
record ManifestFile(String name, Optional<Path> path, Opening opening) {

    private static final String HOME = ".cloud66";

    @FunctionalInterface
    interface Opening {
        InputStream open() throws IOException;
    }

    static ManifestFile at(Path path) {
        var plain = path.normalize();
        return new ManifestFile(
                plain.toString(), Optional.of(plain), () -> Files.newInputStream(path));
    }

    static ManifestFile standardInput(InputStream in) {
        return new ManifestFile("<stdin>", Optional.empty(), () -> in);
    }

    /// What stands behind a descriptor that the shell has opened, as in `<(…)`.
    static ManifestFile opened(Path descriptor) {
        return new ManifestFile(
                descriptor.toString(), Optional.empty(), () -> Files.newInputStream(descriptor));
    }

    /// The bytes, at most one more than a manifest may have.
    byte[] bytes() {
        try (var in = opening.open()) {
            return in.readNBytes(ManifestReader.MAX_BYTES + 1);
        } catch (IOException e) {
            throw Stop.couldNotRun(unreadable(name, e));
        }
    }

    /// The application's name: that of the folder, if that can name one; `.cloud66` is no
    /// application's name.
    Optional<String> app() {
        var folder = path.map(it -> it.toAbsolutePath().normalize().getParent());
        if (folder.map(it -> it.endsWith(HOME)).orElse(false)) folder = folder.map(Path::getParent);
        return folder.map(Path::getFileName).map(Path::toString).filter(ApplicationName::isPart);
    }

    /// That something could not be read, and why: a sentence.
    static String unreadable(String name, IOException e) {
        return "could not read " + name + ": " + reason(e);
    }

    /// A file, and why it could not be read.
    static String why(Path file, IOException e) {
        return file + ": " + reason(e);
    }

    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "it is not there any more";
            case FileSystemException system when system.getReason() != null -> system.getReason();
            default -> Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
        };
    }
}
