package dev.assent.reconcile.discussion;

import dev.assent.forge.CommitStatus;
import dev.assent.forge.Reaction;
import dev.assent.plan.Digest;
import java.util.Collection;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What is to be said at a forge, as it lies in the outbox.
sealed interface Letters {

    JsonMapper MAPPER = JsonMapper.shared();

    /// A comment that is edited where it is, once it is there.
    ///
    /// @param marker a hidden line of the text by which it is found again
    /// @param shows the plans that people can read in it from now on, and no others; empty where it
    ///   does not show plans
    record Says(long number, String marker, String text, Optional<Collection<Digest>> shows)
            implements Letters {}

    /// A sign under somebody's comment.
    record Signs(long number, String comment, Reaction reaction) implements Letters {}

    /// A word about a commit.
    record Marks(String commit, CommitStatus status) implements Letters {}

    /// The word for it in the outbox.
    default String kind() {
        return switch (this) {
            case Says _ -> "comment";
            case Signs _ -> "reaction";
            case Marks _ -> "status";
        };
    }

    default String body() {
        var json = MAPPER.createObjectNode();
        switch (this) {
            case Says(var number, var marker, var text, var shows) -> {
                json.put("number", number).put("marker", marker).put("text", text);
                shows.ifPresent(it -> {
                    var array = json.putArray("shows");
                    it.stream().map(Digest::toString).sorted().forEach(array::add);
                });
            }
            case Signs(var number, var comment, var reaction) ->
                    json.put("number", number)
                            .put("comment", comment)
                            .put("reaction", reaction.name());
            case Marks(var commit, var status) ->
                    json.put("commit", commit)
                            .put("context", status.context().name())
                            .put("state", status.state().name())
                            .put("description", status.description());
        }
        return json.toString();
    }

    /// Reads what [#body] wrote.
    static Letters of(String kind, String body) {
        var json = MAPPER.readTree(body);
        return switch (kind) {
            case "comment" ->
                    new Says(
                            json.path("number").asLong(),
                            json.path("marker").asString(),
                            json.path("text").asString(),
                            digests(json.path("shows")));
            case "reaction" ->
                    new Signs(
                            json.path("number").asLong(),
                            json.path("comment").asString(),
                            Reaction.valueOf(json.path("reaction").asString()));
            case "status" ->
                    new Marks(
                            json.path("commit").asString(),
                            new CommitStatus(
                                    CommitStatus.Context.valueOf(json.path("context").asString()),
                                    CommitStatus.State.valueOf(json.path("state").asString()),
                                    json.path("description").asString(),
                                    Optional.empty()));
            default ->
                    throw new IllegalArgumentException("nothing that is said at a forge: " + kind);
        };
    }

    private static Optional<Collection<Digest>> digests(JsonNode json) {
        if (json.isMissingNode()) return Optional.empty();
        return Optional.of(
                json.valueStream().flatMap(it -> Digest.parse(it.asString()).stream()).toList());
    }
}
