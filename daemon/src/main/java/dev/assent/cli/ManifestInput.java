package dev.assent.cli;

import dev.assent.manifest.ManifestReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A manifest that can be read, under the name that messages give it.
record ManifestInput(String name, Opening opening) {

    private static final String STANDARD_INPUT = "-";

    @FunctionalInterface
    interface Opening {
        InputStream open() throws IOException;
    }

    /// What a path on the command line means: a file, the manifests of a folder, or `-`.
    static List<ManifestInput> of(String path, InputStream standardInput) throws IOException {
        if (path.equals(STANDARD_INPUT)) {
            return List.of(new ManifestInput("<stdin>", () -> standardInput));
        }
        var file = Path.of(path);
        if (!Files.exists(file)) throw new IOException("there is no file or folder " + path);
        if (!Files.isDirectory(file)) return List.of(of(file));
        var inputs = new ArrayList<ManifestInput>();
        for (var each : ManifestFiles.below(file)) inputs.add(of(each));
        if (inputs.isEmpty()) {
            throw new IOException(
                    "no manifest lies below %s; a manifest is a YAML file with `manifest` in its name"
                            .formatted(path));
        }
        return inputs;
    }

    private static ManifestInput of(Path file) {
        return new ManifestInput(
                file.toString().replace('\\', '/'), () -> Files.newInputStream(file));
    }

    /// The bytes, at most one more than a manifest may have.
    byte[] read() throws IOException {
        try (var in = opening.open()) {
            return in.readNBytes(ManifestReader.MAX_BYTES + 1);
        }
    }
}
