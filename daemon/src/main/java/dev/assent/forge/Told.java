package dev.assent.forge;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A thing that a forge tells of. What each must have is asked for by name; that it is missing is
/// an [UnexpectedAnswerException].
///
/// @param what `a pull request`
record Told(String what, JsonNode json) {

    /// An answer is not of the form that the forge describes.
    static final class UnexpectedAnswerException extends RuntimeException {

        @java.io.Serial private static final long serialVersionUID = 1;

        UnexpectedAnswerException(String message) {
            super(message);
        }
    }

    Told in(String key) {
        return new Told(what, json.path(key));
    }

    boolean has(String key) {
        return json.hasNonNull(key);
    }

    String text(String key) {
        return maybe(key).orElseThrow(() -> lacks(key));
    }

    Optional<String> maybe(String key) {
        return json.path(key).stringValueOpt();
    }

    /// An id, be it written as a number or as text.
    String id() {
        var id = json.path("id");
        if (!id.isIntegralNumber()) throw lacks("id");
        return id.asString();
    }

    long number(String key) {
        var number = json.path(key);
        if (!number.isIntegralNumber() || !number.canConvertToLong()) throw lacks(key);
        return number.longValue();
    }

    boolean is(String key) {
        return json.path(key).asBoolean(false);
    }

    Instant instant(String key) {
        try {
            return OffsetDateTime.parse(text(key)).toInstant();
        } catch (DateTimeException _) {
            throw lacks(key);
        }
    }

    URI url(String key) {
        try {
            return URI.create(text(key));
        } catch (IllegalArgumentException _) {
            throw lacks(key);
        }
    }

    /// Who did it; a forge names nobody where the account is gone.
    String login(String key, String field) {
        return json.path(key).path(field).asString("");
    }

    UnexpectedAnswerException lacks(String key) {
        return new UnexpectedAnswerException("it tells of %s without `%s`".formatted(what, key));
    }
}
