package dev.assent.forge;

import dev.assent.forge.Told.UnexpectedAnswerException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Who we are at a forge.
///
/// @param login whose token it is
/// @param right what the forge lets that user do in the project
/// @param quota how often it may still be asked, where the forge says so
/// @param expires when the token ends, where the forge says so
public record ForgeInspection(
        String login, Right right, Optional<Quota> quota, Optional<Instant> expires) {

    private static final Deed WHO = new Deed("asking whose token it is", "to read its own user");
    private static final DateTimeFormatter OF_GITHUB =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss z");

    /// How often a forge may be asked until it counts anew.
    public record Quota(long left, long limit) {}

    /// Whether comments can be written.
    public boolean mayComment() {
        return right.compareTo(Right.READ) >= 0;
    }

    /// Whether statuses of commits can be set.
    public boolean maySetStatuses() {
        return right.compareTo(Right.WRITE) >= 0;
    }

    static ForgeInspection with(Rest rest, Forge forge, ForgeSettings.Kind kind) {
        var answer = rest.look("/user", WHO);
        var login = login(answer, kind);
        return new ForgeInspection(
                login, forge.right(login), quota(answer), expires(answer, rest, kind));
    }

    private static String login(Answer answer, ForgeSettings.Kind kind) {
        try {
            var user = new Told("a user", JsonMapper.shared().readTree(answer.body()));
            return user.text(kind == ForgeSettings.Kind.GITLAB ? "username" : "login");
        } catch (JacksonException | UnexpectedAnswerException _) {
            throw new ForgeException(
                    "%s tells of no user where it is asked whose token it is. Check that `forge.api` is where its API begins."
                            .formatted(kind.shown()),
                    false,
                    Optional.empty());
        }
    }

    private static Optional<Quota> quota(Answer answer) {
        return number(answer, "RateLimit-Remaining")
                .flatMap(left ->
                        number(answer, "RateLimit-Limit").map(limit -> new Quota(left, limit)));
    }

    /// GitHub writes `x-ratelimit-…`, GitLab `RateLimit-…`.
    private static Optional<Long> number(Answer answer, String name) {
        return answer.headers()
                .firstValue(name)
                .or(() -> answer.headers().firstValue("X-" + name))
                .filter(it -> it.matches("[0-9]{1,12}"))
                .map(Long::valueOf);
    }

    private static Optional<Instant> expires(Answer answer, Rest rest, ForgeSettings.Kind kind) {
        return switch (kind) {
            case GITHUB ->
                    answer.headers()
                            .firstValue("GitHub-Authentication-Token-Expiration")
                            .flatMap(ForgeInspection::instant);
            case GITLAB -> ofGitLab(rest);
            case GITEA -> Optional.empty();
        };
    }

    /// A token of a project tells of itself what one of a person does; one that may not is none the
    /// worse for it.
    private static Optional<Instant> ofGitLab(Rest rest) {
        try {
            return rest.find("/personal_access_tokens/self", WHO, (JsonNode it) -> it)
                    .flatMap(it -> it.path("expires_at").stringValueOpt())
                    .map(it -> LocalDate.parse(it).atStartOfDay(ZoneOffset.UTC).toInstant());
        } catch (ForgeException | DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> instant(String said) {
        try {
            return Optional.of(ZonedDateTime.parse(said, OF_GITHUB).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
