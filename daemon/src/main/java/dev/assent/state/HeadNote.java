package dev.assent.state;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// Where the audit trail ended at a moment, as it is told to others, who keep it where the daemon's
/// machine cannot change it.
///
/// @param seal HMAC over number and hash
public record HeadNote(long number, String hash, Instant at, String seal) {

    static HeadNote of(long number, String hash, Instant at, Signet signet) {
        return new HeadNote(
                number, hash, at, signet.seal(Signet.Kind.PUBLISHED, text(number, hash)));
    }

    boolean isOurs(Signet signet) {
        return signet.fits(Signet.Kind.PUBLISHED, text(number, hash), Optional.of(seal));
    }

    private static String text(long number, String hash) {
        return number + " " + hash;
    }

    /// One line of JSON.
    public String json() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("number", number);
        fields.put("hash", hash);
        fields.put("at", at.toString());
        fields.put("seal", seal);
        return JsonText.of(fields) + "\n";
    }

    /// Reads what [#json] writes.
    ///
    /// @throws StateException if it is something else
    public static HeadNote parse(String json) {
        try {
            var fields = JsonText.tree(json);
            return new HeadNote(
                    fields.path("number").asLong(0),
                    fields.path("hash").asString(""),
                    Instant.parse(fields.path("at").asString("")),
                    fields.path("seal").asString(""));
        } catch (JacksonException | DateTimeException e) {
            throw new StateException("what was published is no head of an audit trail", e);
        }
    }
}
