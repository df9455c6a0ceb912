package dev.assent.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.assent.manifest.ManifestReader;
import dev.assent.manifest.Reading;
import java.util.List;

/// A file that benchmarks read. Public as JMH wants its parameters.
public enum Sample {
    /// 25 lines.
    TYPICAL(Manifests.typical(1)),
    /// 500 groups.
    LARGE(Manifests.large(500)),
    /// 25 lines and a problem in most of them.
    BROKEN(Manifests.broken());

    private static final List<String> ENVIRONMENTS = List.of("production", "staging");

    private final String text;

    Sample(String text) {
        this.text = text;
    }

    /// The file's bytes; makes sure that they are what the name claims: figures of another file
    /// would mean nothing.
    byte[] bytes() {
        var bytes = text.getBytes(UTF_8);
        var valid = read(bytes, new ManifestReader(System::nanoTime)) instanceof Reading.Valid;
        if (valid == (this == BROKEN)) {
            throw new IllegalStateException(this + (valid ? " is valid" : " is not valid"));
        }
        return bytes;
    }

    static Reading read(byte[] bytes, ManifestReader reader) {
        return reader.read("apps/shop/manifest.yml", bytes, ENVIRONMENTS);
    }
}
