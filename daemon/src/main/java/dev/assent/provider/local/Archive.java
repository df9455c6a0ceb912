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
/// @param packing how its file holds the programs
record Archive(Variant variant, Version version, String artifact, String sha256, Packing packing) {

    /// How the programs lie in an archive's file, which is a ZIP.
    sealed interface Packing {

        /// As an entry that is a tar in XZ.
        record Tar(String entry) implements Packing {}

        /// As the entries below a folder.
        record Folder(String path) implements Packing {}

        /// As one entry, which is the program itself.
        record Program(String entry, String name) implements Packing {}
    }

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
                packing(node));
    }

    private static Packing packing(JsonNode node) {
        if (node.has("tar")) return new Packing.Tar(node.required("tar").stringValue());
        if (node.has("folder")) return new Packing.Folder(node.required("folder").stringValue());
        return new Packing.Program(
                node.required("program").stringValue(), node.required("name").stringValue());
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
