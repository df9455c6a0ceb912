package dev.assent.http;

import dev.assent.plan.Digest;
import dev.assent.state.StateException;
import dev.assent.state.StoredPlan;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.regex.Pattern;

/// The plan that a path names.
final class FoundPlan {

    private static final Pattern SHORT = Pattern.compile("p-[0-9a-f]{8}");

    private FoundPlan() {}

    static StoredPlan in(Desk desk, Context context) {
        return named(desk, context.pathParam("id"));
    }

    /// The plan that somebody names.
    static StoredPlan named(Desk desk, String id) {
        if (!SHORT.matcher(id).matches() && Digest.parse(id).isEmpty()) {
            throw Refusal.badRequest(
                    "this is not the id of a plan",
                    "write `p-` and eight hexadecimal digits, or the whole digest `sha256:…`");
        }
        return find(desk, id)
                .orElseThrow(() ->
                        Refusal.unknown(
                                "there is no plan `" + id + "`",
                                "`assent plans --all` lists those there are"));
    }

    private static Optional<StoredPlan> find(Desk desk, String id) {
        try {
            return desk.plan(id);
        } catch (StateException e) {
            if (Digest.parse(id).isPresent()) throw e;
            throw Refusal.refused(String.valueOf(e.getMessage()));
        }
    }
}
