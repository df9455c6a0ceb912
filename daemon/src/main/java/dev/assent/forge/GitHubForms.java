package dev.assent.forge;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What is said in the same forms at GitHub and at those that took these over.
///
/// @param repository the path of the repository in the API
record GitHubForms(Rest rest, String repository) {

    /// Replaces a comment; empty if it is not there any more.
    Optional<Written> edit(String comment, String markdown, Deed deed) {
        return rest.replace(
                "PATCH", comment(comment), body("body", markdown), deed, GitHubForms::written);
    }

    static Written written(JsonNode json) {
        var told = new Told("a comment", json);
        return new Written(told.id(), told.instant("updated_at"));
    }

    void react(Comment to, Reaction reaction, Deed deed) {
        var content =
                switch (reaction) {
                    case SEEN -> "eyes";
                    case YES -> "+1";
                    case NO -> "-1";
                    case PUZZLED -> "confused";
                };
        rest.change("POST", comment(to.id()) + "/reactions", body("content", content), deed);
    }

    void status(String commit, CommitStatus status, Deed deed) {
        var body =
                JsonMapper.shared()
                        .createObjectNode()
                        .put("state", word(status.state()))
                        .put("context", status.context().word())
                        .put("description", status.shortDescription());
        status.target().ifPresent(it -> body.put("target_url", it.toString()));
        rest.write("POST", repository + "/statuses/" + Query.segment(commit), body, deed, it -> it);
    }

    static JsonNode body(String key, String value) {
        return JsonMapper.shared().createObjectNode().put(key, value);
    }

    private String comment(String id) {
        return repository + "/issues/comments/" + Query.segment(id);
    }

    private static String word(CommitStatus.State state) {
        return switch (state) {
            case PENDING -> "pending";
            case SUCCESS -> "success";
            case FAILURE -> "failure";
        };
    }
}
