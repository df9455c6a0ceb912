package dev.assent.forge;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;

/// Keeps to what a forge says of how much it wants to be asked: once it wants to be left alone,
/// nothing is sent until then.
final class RateLimit {

    /// What GitHub advises where it limits without saying for how long.
    private static final Duration UNSAID = Duration.ofMinutes(1);

    /// No forge counts over a longer time; a nonsensical header must not silence us for days.
    private static final Duration LONGEST = Duration.ofHours(1);

    private final InstantSource clock;
    private final AtomicReference<Instant> shutUntil = new AtomicReference<>(Instant.MIN);

    RateLimit(InstantSource clock) {
        this.clock = clock;
    }

    /// How long it still wants to be left alone; empty when it may be asked.
    Optional<Duration> pause() {
        var left = shutUntil.get();
        var now = clock.instant();
        return left.isAfter(now) ? Optional.of(Duration.between(now, left)) : Optional.empty();
    }

    /// Hears what an answer says.
    ///
    /// @return how long to wait, if the forge did not do what it was asked because of a limit
    Optional<Duration> hear(Answer answer) {
        var refused = isLimit(answer);
        if (!refused && !isUsedUp(answer)) return Optional.empty();
        var wait = wait(answer).or(() -> refused ? Optional.of(UNSAID) : Optional.empty());
        wait.ifPresent(it -> shutUntil.set(clock.instant().plus(it)));
        return refused ? wait : Optional.empty();
    }

    private static boolean isLimit(Answer answer) {
        var saysHowLong = answer.headers().firstValue("Retry-After").isPresent();
        return switch (answer.status()) {
            case 429 -> true;
            case 403 -> saysHowLong || isUsedUp(answer) || saysSo(answer);
            case 503 -> saysHowLong;
            default -> false;
        };
    }

    /// GitHub's secondary limits may come with no header at all.
    private static boolean saysSo(Answer answer) {
        return answer.body().toLowerCase(Locale.ROOT).contains("rate limit");
    }

    private static boolean isUsedUp(Answer answer) {
        return remaining(answer).equals(OptionalLong.of(0));
    }

    /// How many more requests are taken for now, where the forge says so.
    static OptionalLong remaining(Answer answer) {
        return header(answer, "RateLimit-Remaining")
                .flatMap(RateLimit::number)
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    private Optional<Duration> wait(Answer answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .flatMap(this::retryAfter)
                .or(() ->
                        header(answer, "RateLimit-Reset")
                                .flatMap(RateLimit::number)
                                .map(it -> until(Instant.ofEpochSecond(it))))
                .map(RateLimit::bounded);
    }

    /// GitHub writes `x-ratelimit-…`, GitLab `RateLimit-…`.
    private static Optional<String> header(Answer answer, String name) {
        return answer.headers()
                .firstValue(name)
                .or(() -> answer.headers().firstValue("X-" + name))
                .map(String::strip);
    }

    private Optional<Duration> retryAfter(String said) {
        return number(said).map(Duration::ofSeconds).or(() -> date(said).map(this::until));
    }

    private Duration until(Instant instant) {
        return Duration.between(clock.instant(), instant);
    }

    private static Optional<Long> number(String said) {
        return said.matches("[0-9]{1,12}") ? Optional.of(Long.parseLong(said)) : Optional.empty();
    }

    private static Optional<Instant> date(String said) {
        try {
            return Optional.of(
                    ZonedDateTime.parse(said, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Duration bounded(Duration wait) {
        if (wait.compareTo(Duration.ofSeconds(1)) < 0) return Duration.ofSeconds(1);
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
