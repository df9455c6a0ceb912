package dev.assent.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;

/// What a path on the command line means: a file, every manifest below a folder, in order, or
/// standard input where it is `-`.
///
/// @param unreadable what there can't be looked into, each a sentence
record ManifestFiles(List<ManifestFile> files, List<String> unreadable) {

    private static final Set<Path> STANDARD_INPUT = Set.of(Path.of("-"), Path.of("/dev/stdin"));
    private static final Path DESCRIPTORS = Path.of("/dev/fd");

    static ManifestFiles at(Path path, InputStream standardInput) {
        if (isStandardInput(path)) return only(ManifestFile.standardInput(standardInput));
        var attributes = attributes(path);
        if (attributes.isDirectory()) return below(path);
        if (path.startsWith(DESCRIPTORS)) return only(ManifestFile.opened(path));
        // To open a pipe is to wait for somebody to write into it.
        if (attributes.isRegularFile()) return only(ManifestFile.at(path));
        throw Stop.couldNotRun(
                path + " is neither a file nor a folder; for standard input write -");
    }

    static boolean isStandardInput(Path path) {
        return STANDARD_INPUT.contains(path);
    }

    private static BasicFileAttributes attributes(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException _) {
            throw Stop.couldNotRun("there is nothing at " + path);
        } catch (IOException e) {
            throw Stop.couldNotRun(ManifestFile.unreadable(path.toString(), e));
        }
    }

    private static ManifestFiles below(Path folder) {
        var search = ManifestSearch.below(folder);
        if (search.found().isEmpty() && search.unreadable().isEmpty()) {
            throw Stop.couldNotRun(
                    "no manifest lies below %s; a manifest is a YAML file with `manifest` in"
                                    .formatted(folder)
                            + " its name");
        }
        return new ManifestFiles(
                search.found().stream().map(ManifestFile::at).toList(), search.unreadable());
    }

    private static ManifestFiles only(ManifestFile file) {
        return new ManifestFiles(List.of(file), List.of());
    }
}
