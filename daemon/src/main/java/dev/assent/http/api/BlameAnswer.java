package dev.assent.http.api;

import dev.assent.plan.Because;
import dev.assent.reconcile.account.Blame;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Who made a group what it is.
///
/// @param group `ENGINE/GROUP`
public record BlameAnswer(String application, String environment, String group, List<Line> facts) {

    /// One thing that is so, and what made it so.
    ///
    /// @param name `configuration.version`
    /// @param cause absent where no plan that can be read tells
    public record Line(String name, String value, Optional<Cause> cause) {}

    /// A change that was agreed to and done: wanted by a commit (`repository`, `path`, `line`,
    /// `commit`), by a person (`who`, `request`), or to mend what was `found`.
    ///
    /// @param plan the plan's id
    /// @param at when it was written into the record
    public record Cause(
            String plan,
            String digest,
            String change,
            Optional<String> repository,
            Optional<String> path,
            Optional<Integer> line,
            Optional<String> commit,
            Optional<String> who,
            Optional<String> request,
            Optional<String> found,
            List<Yes> assents,
            Instant at) {}

    /// A yes to the change.
    public record Yes(String who, String channel, Instant at) {}

    public static BlameAnswer of(Blame blame) {
        var application = blame.group().application();
        return new BlameAnswer(
                application.app(),
                application.environment(),
                blame.group().group().toString(),
                blame.lines().stream()
                        .map(it ->
                                new Line(it.name(), it.value(), it.cause().map(BlameAnswer::cause)))
                        .toList());
    }

    private static Cause cause(Blame.Cause cause) {
        var plan = cause.plan();
        var assents =
                cause.assents().stream()
                        .map(it -> new Yes(it.who(), it.channel(), it.at()))
                        .toList();
        return switch (cause.because()) {
            case Because.Declared(var place, var commit) ->
                    new Cause(
                            plan.id(),
                            plan.digest().toString(),
                            cause.change(),
                            Optional.of(plan.provenance().repository()),
                            Optional.of(place.path()),
                            Optional.of(place.line()),
                            commit,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            assents,
                            cause.at());
            case Because.Asked(var who, var request) ->
                    new Cause(
                            plan.id(),
                            plan.digest().toString(),
                            cause.change(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(who),
                            Optional.of(request),
                            Optional.empty(),
                            assents,
                            cause.at());
            case Because.Found(var what) ->
                    new Cause(
                            plan.id(),
                            plan.digest().toString(),
                            cause.change(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(what),
                            assents,
                            cause.at());
        };
    }
}
