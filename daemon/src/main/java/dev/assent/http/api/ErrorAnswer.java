package dev.assent.http.api;

import java.util.Objects;
import java.util.Optional;

/// Why a question was not answered: `{"error": {"message": …, "remedy": …}}`.
public record ErrorAnswer(Refusal error) {

    public ErrorAnswer {
        Objects.requireNonNull(error);
    }

    /// A sentence that says why, and what to do instead where that is known.
    public record Refusal(String message, Optional<String> remedy) {}

    public static ErrorAnswer of(String message, Optional<String> remedy) {
        return new ErrorAnswer(new Refusal(message, remedy));
    }

    /// All that there is to say, in one line.
    public String sentence() {
        return error.message() + error.remedy().map(it -> "; " + it).orElse("");
    }
}
