package dev.assent.state;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.node.JsonNodeFactory;

/// What chains the audit trail: each entry's hash covers its fields and the hash of the one before,
/// so that nothing can be edited, removed or put in between without every later hash being wrong.
final class AuditChain {

    /// What the first entry is chained to.
    static final String START = "0".repeat(64);

    private AuditChain() {}

    /// What is hashed: a JSON array of the fields, in this order, without white space; what is
    /// absent is `null`.
    static String text(AuditEntry entry, String before) {
        var fields = JsonNodeFactory.instance.arrayNode();
        fields.add(before)
                .add(entry.number())
                .add(entry.at().toString())
                .add(entry.who())
                .add(entry.what())
                .add(entry.application().orElse(null))
                .add(entry.plan().orElse(null))
                .add(entry.detail());
        return fields.toString();
    }

    /// SHA-256 over the text, in hexadecimal.
    static String hash(AuditEntry entry, String before) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            var bytes = text(entry, before).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(sha256.digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
