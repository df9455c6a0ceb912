package dev.assent.reconcile;

import dev.assent.manifest.Reading;
import dev.assent.source.ManifestFile;
import java.util.function.Function;
import java.util.function.Supplier;

/// A manifest's file that was read beside others. If that failed, it fails again for who wants to
/// know what came of it, so that it concerns that one file alone.
record FileRead(ManifestFile file, Supplier<Reading> reading) {

    static FileRead of(ManifestFile file, Function<ManifestFile, Reading> reader) {
        try {
            var reading = reader.apply(file);
            return new FileRead(file, () -> reading);
        } catch (RuntimeException e) {
            return new FileRead(
                    file,
                    () -> {
                        throw e;
                    });
        }
    }

    /// The file, for messages.
    @Override
    public String toString() {
        return file.toString();
    }
}
