package dev.assent.cli;

import dev.assent.model.ApplicationName;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A manifest on disk.
record ManifestFile(Path path) {

    private static final String HOME = ".cloud66";
    private static final Set<String> NAMES = Set.of("manifest.yml", "manifest.yaml");

    /// The file itself, or every manifest below a folder, in order; links are not followed, and of
    /// hidden folders only `.cloud66` is looked into.
    static List<ManifestFile> at(Path path) {
        if (Files.isRegularFile(path)) return List.of(new ManifestFile(path));
        if (!Files.exists(path)) throw Stop.couldNotRun("there is nothing at " + path);
        var found = new ArrayList<Path>();
        try {
            Files.walkFileTree(path, new Finder(path, found));
        } catch (IOException e) {
            throw Stop.couldNotRun("could not look into " + path + ": " + e.getMessage());
        }
        if (found.isEmpty()) {
            throw Stop.couldNotRun("there is no manifest.yml below " + path);
        }
        return found.stream().sorted().map(ManifestFile::new).toList();
    }

    byte[] bytes() {
        try {
            return Files.readAllBytes(path);
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

    private static final class Finder extends SimpleFileVisitor<Path> {

        private final Path start;
        private final List<Path> found;

        Finder(Path start, List<Path> found) {
            this.start = start;
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            var name = String.valueOf(folder.getFileName());
            var hidden = name.startsWith(".") && !name.equals(HOME) && !folder.equals(start);
            return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && NAMES.contains(String.valueOf(file.getFileName()))) {
                found.add(file);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
