package dev.assent.manifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Manifests of strangers; none of them is ours, and so none of them is here.
final class Corpus {

    private Corpus() {}

    /// The folder that `ASSENT_CORPUS` names.
    static Optional<Path> folder() {
        return Optional.ofNullable(System.getenv("ASSENT_CORPUS")).map(Path::of);
    }

    /// The manifests in the folder, in the order of their names; none where no folder is named.
    static List<Samples.Sample> all() {
        return folder().map(Corpus::in).orElse(List.of());
    }

    private static List<Samples.Sample> in(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(it -> it.toString().endsWith(".yml"))
                    .sorted()
                    .map(Samples.Sample::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
