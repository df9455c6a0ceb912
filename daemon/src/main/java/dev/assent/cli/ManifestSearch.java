package dev.assent.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Looks for the manifests below a folder: YAML files with `manifest` in their names. What can't be
/// looked into keeps nothing else from being found.
final class ManifestSearch implements FileVisitor<Path> {

    private static final Pattern NAME = Pattern.compile(".*manifest.*\\.ya?ml");
    private static final Set<String> SKIPPED = Set.of(".git", "node_modules");

    private final List<Path> found = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();

    private ManifestSearch() {}

    /// Links are not followed, but for the folder itself.
    static ManifestSearch below(Path folder) {
        var search = new ManifestSearch();
        try {
            Files.walkFileTree(Files.isSymbolicLink(folder) ? folder.resolve(".") : folder, search);
        } catch (IOException e) {
            throw new UncheckedIOException("no visit ends with an exception", e);
        }
        return search;
    }

    /// In the order of the paths.
    List<Path> found() {
        return found.stream().sorted().toList();
    }

    /// Each a sentence.
    List<String> unreadable() {
        return List.copyOf(unreadable);
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        var name = directory.getFileName();
        return name != null && SKIPPED.contains(name.toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        if (attributes.isRegularFile() && NAME.matcher(file.getFileName().toString()).matches()) {
            found.add(file);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException e) {
        return noted(path, e);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
        return e == null ? FileVisitResult.CONTINUE : noted(directory, e);
    }

    private FileVisitResult noted(Path path, IOException e) {
        unreadable.add(ManifestFile.unreadable(path.toString(), e));
        return FileVisitResult.CONTINUE;
    }
}
