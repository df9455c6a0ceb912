package dev.assent.cli;

import dev.assent.manifest.ManifestReader;
import dev.assent.model.ApplicationName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A manifest on disk.
record ManifestFile(Path path) {

    private static final String HOME = ".cloud66";

    /// The file itself, or every manifest below a folder, in order.
    static List<ManifestFile> at(Path path) {
        if (Files.isRegularFile(path)) return List.of(new ManifestFile(path));
        if (!Files.exists(path)) throw Stop.couldNotRun("there is nothing at " + path);
        try {
            var found = ManifestFiles.below(path);
            if (found.isEmpty()) {
                throw Stop.couldNotRun(
                        "no manifest lies below %s; a manifest is a YAML file with `manifest` in"
                                        .formatted(path)
                                + " its name");
            }
            return found.stream().map(Path::normalize).map(ManifestFile::new).toList();
        } catch (IOException e) {
            throw Stop.couldNotRun("could not look into " + path + ": " + e.getMessage());
        }
    }

    /// The bytes, at most one more than a manifest may have.
    byte[] bytes() {
        try (var in = Files.newInputStream(path)) {
            return in.readNBytes(ManifestReader.MAX_BYTES + 1);
        } catch (IOException e) {
            throw Stop.couldNotRun("could not read " + path + ": " + e.getMessage());
        }
    }

    /// The application's name: that of the folder; `.cloud66` is no application's name.
    String app() {
        var folder = parent(path.toAbsolutePath().normalize());
        if (folder.map(it -> it.endsWith(HOME)).orElse(false))
            folder = folder.flatMap(ManifestFile::parent);
        return folder.flatMap(it -> Optional.ofNullable(it.getFileName()))
                .map(Path::toString)
                .filter(ApplicationName::isPart)
                .orElseThrow(() ->
                        Stop.couldNotRun(
                                "the folder of "
                                        + path
                                        + " can't name an application; give --app APP"));
    }

    private static Optional<Path> parent(Path path) {
        return Optional.ofNullable(path.getParent());
    }
}
