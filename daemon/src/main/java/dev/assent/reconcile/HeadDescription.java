package dev.assent.reconcile;

import dev.assent.forge.PullRequest;
import dev.assent.state.HeadState;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// What is known of a head beside its ref and commit.
///
/// @param name what people call it: `#7`, `!7`, `feature/x`
/// @param foreign whether anybody could have pushed it
/// @param author `github:ada-l`; empty text where nobody opened a pull request
public record HeadDescription(
        String name,
        boolean foreign,
        OptionalLong number,
        String title,
        String author,
        Optional<URI> url) {

    private static final Pattern REQUEST =
            Pattern.compile("refs/(?<kind>pull|merge-requests)/(?<number>[0-9]{1,18})/head");
    private static final String BRANCHES = "refs/heads/";

    /// Of a ref that no forge tells of: a branch of the repository is its people's, whatever else
    /// there is may be anybody's.
    static HeadDescription of(String ref) {
        var request = REQUEST.matcher(ref);
        if (request.matches()) {
            var number = Long.parseLong(request.group("number"));
            return new HeadDescription(
                    name(ref, number), true, OptionalLong.of(number), "", "", Optional.empty());
        }
        var branch = ref.startsWith(BRANCHES);
        return new HeadDescription(
                branch ? ref.substring(BRANCHES.length()) : ref,
                !branch,
                OptionalLong.empty(),
                "",
                "",
                Optional.empty());
    }

    /// As a forge tells of it.
    ///
    /// @param forge the word for its kind: `github`
    public static HeadDescription of(PullRequest request, String forge) {
        return new HeadDescription(
                name(request.ref(), request.number()),
                request.fork(),
                OptionalLong.of(request.number()),
                request.title(),
                forge + ":" + request.author(),
                Optional.of(request.url()));
    }

    /// As it was seen last.
    public static HeadDescription of(HeadState head) {
        return new HeadDescription(
                head.name(),
                head.foreign(),
                head.number(),
                head.title(),
                head.author(),
                head.url());
    }

    private static String name(String ref, long number) {
        return (ref.startsWith("refs/merge-requests/") ? "!" : "#") + number;
    }
}
