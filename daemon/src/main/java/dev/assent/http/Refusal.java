package dev.assent.http;

import java.io.Serial;
import java.util.Optional;

/// A question that gets no for an answer: status, sentence, and what to do instead. It travels as
/// an exception because Javalin's handlers have no other way to end early.
final class Refusal extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    private final int status;
    private final String remedy;

    Refusal(int status, String message, String remedy) {
        super(message, null, false, false);
        this.status = status;
        this.remedy = remedy;
    }

    static Refusal badRequest(String message, String remedy) {
        return new Refusal(400, message, remedy);
    }

    static Refusal unknown(String message, String remedy) {
        return new Refusal(404, message, remedy);
    }

    /// What the domain refused; its sentence says what to do already.
    static Refusal refused(String why) {
        return new Refusal(409, why, "");
    }

    int status() {
        return status;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }

    Optional<String> remedy() {
        return Optional.of(remedy).filter(it -> !it.isEmpty());
    }
}
