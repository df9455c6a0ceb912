package dev.assent.http;

import dev.assent.http.api.Wire;
import dev.assent.manifest.Visible;
import dev.assent.model.ApplicationName;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// Reads what a request asks for, or says what is wrong with it.
final class Question {

    /// Far above every request that means something.
    private static final int MAX_BODY = 64 * 1024;

    private Question() {}

    /// The body as a value; an empty body is an empty object.
    static <T> T body(Context context, Class<T> type) {
        var bytes = bytes(context, MAX_BODY);
        var json = bytes.length == 0 ? new byte[] {'{', '}'} : bytes;
        try {
            return type.cast(Wire.strictly(type).readValue(json));
        } catch (JacksonException e) {
            throw Refusal.badRequest(
                    "the body is not what this question takes: " + e.getOriginalMessage(),
                    "/api/v1/openapi.json describes it");
        }
    }

    /// The body as it is.
    ///
    /// @param most how many bytes it may have
    static byte[] bytes(Context context, int most) {
        try {
            var bytes = context.req().getInputStream().readNBytes(most + 1);
            if (bytes.length <= most) return bytes;
            throw new Refusal(
                    413, "the body is larger than %d KiB".formatted(most / 1024), "send less");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A moment, written as in ISO 8601.
    static Optional<Instant> instant(Context context, String name) {
        var text = Optional.ofNullable(context.queryParam(name));
        try {
            return text.map(Instant::parse);
        } catch (DateTimeParseException _) {
            throw Refusal.badRequest(
                    "`" + name + "` is not a moment",
                    "write it as 2026-11-23T12:00:00Z, or leave it out");
        }
    }

    static Optional<Scope> scope(Context context) {
        return Optional.ofNullable(context.queryParam("application"))
                .map(it -> Scope.parse(it).orElseThrow(() -> notAnApplication(it)));
    }

    /// The application that the path names.
    static ApplicationName application(Context context) {
        var text = context.pathParam("app") + "/" + context.pathParam("environment");
        return ApplicationName.parse(text).orElseThrow(() -> notAnApplication(text));
    }

    /// A whole number within bounds.
    static long number(Context context, String name, long otherwise, long greatest) {
        var text = context.queryParam(name);
        if (text == null) return otherwise;
        try {
            var number = Long.parseLong(text);
            if (number >= 0 && number <= greatest) return number;
        } catch (NumberFormatException _) {
            // Said below, with the bounds.
        }
        throw Refusal.badRequest(
                "`" + name + "` is not a number from 0 to " + greatest, "leave it out or mend it");
    }

    private static Refusal notAnApplication(String text) {
        return Refusal.badRequest(
                "`" + printable(text) + "` is not an application",
                "write APP or APP/ENVIRONMENT, for instance shop/production");
    }

    /// A text from elsewhere, for a sentence.
    static String printable(String text) {
        var shown = text.length() > 80 ? text.substring(0, 80) + "…" : text;
        return Visible.of(shown);
    }
}
