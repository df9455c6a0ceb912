package dev.assent.http.api;

import java.util.Optional;

/// Why a question was not answered: `{"error": {"message": …, "remedy": …}}`.
public record ErrorAnswer(Refusal error) {

    /// A sentence that says why, and what to do instead where that is known.
    public record Refusal(String message, Optional<String> remedy) {}

    public static ErrorAnswer of(String message, Optional<String> remedy) {
        return new ErrorAnswer(new Refusal(message, remedy));
    }
}
