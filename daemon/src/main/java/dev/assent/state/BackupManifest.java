package dev.assent.state;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/// What a backup says of itself.
///
/// @param format the form of the file; this program reads 1
/// @param program the version of the program that made it
/// @param schema the version of the record's schema
/// @param at when it was made
/// @param entries how many entries its audit trail has
/// @param head the hash of the last of them
/// @param parts SHA-256 in hexadecimal of each part beside this one, by name
public record BackupManifest(
        int format,
        String program,
        int schema,
        Instant at,
        long entries,
        String head,
        Map<String, String> parts) {

    static final int FORMAT = 1;
    static final String NAME = "manifest.json";

    private static final JsonMapper MAPPER = new JsonMapper();

    public BackupManifest {
        parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    }

    byte[] json() {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    }

    /// @throws tools.jackson.core.JacksonException if it is none
    static BackupManifest read(byte[] json) {
        return MAPPER.readValue(json, BackupManifest.class);
    }
}
