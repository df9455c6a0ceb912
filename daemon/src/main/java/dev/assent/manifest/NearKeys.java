package dev.assent.manifest;

/// Keys that nobody knows and that are nearly others. A key that is near to none is left alone: it
/// is for somebody else.
final class NearKeys {

    private NearKeys() {}

    /// Warns of misspelt keys in a mapping that the schema describes as one of its parts.
    static void warn(Tree.Mapping mapping, String part, Problems problems) {
        for (var entry : mapping.entries()) {
            if (SchemaFile.MANIFEST.has(part, entry.key())) continue;
            if (Colons.repair(entry.key()).isPresent() || entry.key().startsWith("-")) continue;
            var near = Spelling.near(entry.key(), SchemaFile.MANIFEST.keys(part));
            if (near.isEmpty()) continue;
            problems.add(
                    Code.NEAR_KEY,
                    entry.keySpot(),
                    "%s is not known here and has no effect".formatted(Words.quoted(entry.key())),
                    Mending.nearest(entry, near, problems));
        }
    }
}
