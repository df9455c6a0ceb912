package dev.assent.provider.local;

import dev.assent.model.Variant;
import dev.assent.model.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A database's programs as an artifact in Maven repositories.
///
/// @param artifact its coordinates: `group:artifact:version`
/// @param sha256 what its file must be
/// @param packed the entry of the file that holds the programs, a tar in XZ
record Archive(Variant variant, Version version, String artifact, String sha256, String packed) {

    private static final String RESOURCE = "catalogue.json";

    /// The archives that this release of Assent knows.
    static List<Archive> known() {
        try (var catalogue = Archive.class.getResourceAsStream(RESOURCE)) {
            if (catalogue == null) throw new IllegalStateException("no resource " + RESOURCE);
            return JsonMapper.shared().readTree(catalogue).valueStream().map(Archive::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// They are built for Linux on this kind of processor only.
    static boolean fitThisMachine() {
        return System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
    }

    private static Archive of(JsonNode node) {
        return new Archive(
                Variant.of(node.required("variant").stringValue()).orElseThrow(),
                new Version(node.required("version").stringValue()),
                node.required("artifact").stringValue(),
                node.required("sha256").stringValue(),
                node.required("packed").stringValue());
    }

    /// Its folder in a cache; another build of the same version is another folder.
    String folderName() {
        return "%s-%s-%s".formatted(variant, version, sha256.substring(0, 12));
    }

    @Override
    public String toString() {
        return variant + " " + version;
    }
}
