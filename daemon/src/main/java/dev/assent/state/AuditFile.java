package dev.assent.state;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// An audit trail as lines of JSON that anybody can check without us: `text` is what is hashed, a
/// JSON array of the hash before, number, time, who, what, application, plan and detail; `hash` its
/// SHA-256; `seal` the HMAC over that. The last line says where the trail ends.
public final class AuditFile {

    private AuditFile() {}

    static void write(Handle handle, OutputStream out) {
        var before = new String[] {AuditChain.START};
        Audit.each(
                handle,
                0,
                (entry, seal) -> {
                    var line = new LinkedHashMap<String, Object>();
                    line.put("text", AuditChain.text(entry, before[0]));
                    line.put("hash", entry.hash());
                    seal.ifPresent(it -> line.put("seal", it));
                    put(out, line);
                    before[0] = entry.hash();
                });
        AuditHead.read(handle)
                .ifPresent(it -> {
                    var line = new LinkedHashMap<String, Object>();
                    line.put("end", it.head().text());
                    it.seal().ifPresent(seal -> line.put("seal", seal));
                    put(out, line);
                });
    }

    private static void put(OutputStream out, Map<String, Object> line) {
        try {
            out.write((JsonText.of(line) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Checks such a file.
    ///
    /// @param key empty: the chain alone is checked, not the seals
    /// @param published what was published of the trail
    /// @throws StateException if it is none
    public static Verification verify(
            Path file, Optional<SecretKeyFile> key, List<HeadNote> published) {
        try {
            var signet = key.map(Signet::new);
            var head = end(file);
            var sealedFrom = head.map(it -> it.head().sealedFrom()).orElse(1L);
            var walk = new AuditWalk(signet, sealedFrom);
            walk.expect(published);
            try (var lines = Files.newBufferedReader(file)) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    var json = JsonText.tree(line);
                    if (json.has("end")) break;
                    walk.next(entry(json), seal(json));
                }
            }
            walk.end(head);
            return walk.result();
        } catch (IOException e) {
            throw new StateException("cannot read %s: %s".formatted(file, e), e);
        } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
            throw new StateException(
                    "%s is no audit trail as `assent audit --export` writes it".formatted(file), e);
        }
    }

    private static Optional<AuditHead.Stored> end(Path file) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            return lines.lines()
                    .filter(it -> it.startsWith("{\"end\""))
                    .map(JsonText::tree)
                    .map(it ->
                            new AuditHead.Stored(
                                    AuditHead.parse(it.path("end").asString("")), seal(it)))
                    .findFirst();
        }
    }

    private static Optional<String> seal(JsonNode json) {
        return Optional.of(json.path("seal").asString("")).filter(it -> !it.isEmpty());
    }

    private static AuditEntry entry(JsonNode json) {
        var fields = JsonText.tree(json.path("text").asString(""));
        if (!fields.isArray() || fields.size() != 8) {
            throw new IllegalArgumentException("no entry: " + json);
        }
        return new AuditEntry(
                fields.path(1).asLong(),
                Instant.parse(fields.path(2).asString("")),
                fields.path(3).asString(""),
                fields.path(4).asString(""),
                text(fields.path(5)),
                text(fields.path(6)),
                fields.path(7).asString(""),
                json.path("hash").asString(""));
    }

    private static Optional<String> text(JsonNode json) {
        return json.isNull() ? Optional.empty() : Optional.of(json.asString(""));
    }
}
