package dev.assent.manifest;

import java.util.Locale;

/// When a setting counts. The schema says it of each setting, and nobody else does.
public enum AppliedOn {
    /// Only when a server is created.
    BUILD,
    /// From the application's next redeploy on.
    REDEPLOY,
    /// When groups are changed.
    UPGRADE;

    static final String ANNOTATION = "x-applied-on";

    /// When a setting counts; one that the schema does not know counts when a server is created.
    ///
    /// @param part the mapping that holds it: `configuration`, `server` or `component`
    /// @param setting its key: `root_disk_size`; of a nested one (`postgis.version`) the first part
    ///   decides
    public static AppliedOn of(String part, String setting) {
        return SchemaFile.MANIFEST
                .annotation(part, setting.split("\\.")[0], ANNOTATION)
                .map(word -> valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(BUILD);
    }

    /// The word in the schema and in plans: `redeploy`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
