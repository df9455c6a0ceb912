package dev.assent.forge;

import dev.assent.manifest.Visible;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Puts into words what a forge refused: where, what was tried, why, and what to do.
///
/// @param forge `GitHub`
record Refused(String forge, String project, Credential credential) {

    private static final int LONGEST = 200;

    ForgeException limited(Deed deed, Duration pause) {
        return new ForgeException(
                sentence(
                        deed,
                        "it wants to be left alone for %d seconds".formatted(pause.toSeconds()),
                        "It is tried again then."),
                true,
                Optional.of(pause));
    }

    ForgeException unreachable(Deed deed, String why) {
        return new ForgeException(
                sentence(
                        deed,
                        why,
                        "It is tried again; check `forge.api` and the network between if it"
                                + " stays."),
                true,
                Optional.empty());
    }

    ForgeException puzzling(Deed deed, String why) {
        return new ForgeException(
                sentence(deed, why, "Check that `forge.api` is where its API begins."),
                true,
                Optional.empty());
    }

    ForgeException by(Answer answer, Deed deed) {
        var said = said(answer);
        return switch (answer.status()) {
            case 401 -> lasting(deed, "the token is not accepted" + said, credential.wayOut());
            case 403 ->
                    lasting(
                            deed,
                            "the token may not do that" + said,
                            "It takes the permission `%s`.".formatted(deed.right()));
            case 404, 410 ->
                    lasting(
                            deed,
                            "there is no such thing, or it is hidden from this token" + said,
                            "Check `forge.project`; it takes the permission `%s`."
                                    .formatted(deed.right()));
            case 301, 302, 303, 307, 308 ->
                    lasting(
                            deed,
                            "it points to another server, where no token is sent",
                            "Write into `forge.api` and `forge.project` where the project is now.");
            case 408, 409, 423, 425 ->
                    unreachable(
                            deed, "it can't do that now (%d)".formatted(answer.status()) + said);
            default ->
                    answer.isOutage()
                            ? unreachable(deed, "it has an outage (%d)".formatted(answer.status()))
                            : lasting(
                                    deed,
                                    "it does not take that (%d)".formatted(answer.status()) + said,
                                    "Asking once more would not help.");
        };
    }

    private ForgeException lasting(Deed deed, String why, String wayOut) {
        return new ForgeException(sentence(deed, why, wayOut), false, Optional.empty());
    }

    private String sentence(Deed deed, String why, String wayOut) {
        return "%s, %s: %s failed: %s. %s".formatted(forge, project, deed.tried(), why, wayOut);
    }

    /// The forge's own words, which may be anything, in brackets.
    private static String said(Answer answer) {
        var said = "";
        try {
            var json = JsonMapper.shared().readTree(answer.body());
            said = json.path("message").asString(json.path("error").asString(""));
        } catch (JacksonException _) {
            // A page for people; the status says enough.
        }
        var line = Visible.of(said.lines().findFirst().orElse("").strip());
        if (line.isEmpty()) return "";
        return " (it says: %s)".formatted(line.substring(0, Math.min(LONGEST, line.length())));
    }
}
