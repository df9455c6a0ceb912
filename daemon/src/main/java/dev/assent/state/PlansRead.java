package dev.assent.state;

import dev.assent.plan.Digest;
import dev.assent.plan.Plan;
import dev.assent.plan.render.PlanJson;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Plans as they stand in the record, each read only once its changes were found to have the digest
/// that it is stored under. That is worked out again only for another text: a plan is read some ten
/// times while it is decided on and carried out, and in every list.
final class PlansRead {

    /// How many characters of the plans that were read last are remembered.
    private static final int MOST = 4_000_000;

    private record Read(String body, Plan plan) {}

    private final LinkedHashMap<Digest, Read> remembered = new LinkedHashMap<>(16, 0.75f, true);
    private long characters;

    /// The plan of a text.
    ///
    /// @return empty where it is not the plan that was stored
    Optional<Plan> read(Digest digest, String body) {
        var known = known(digest, body);
        if (known.isPresent()) return known;
        var plan = parsed(digest, body);
        plan.ifPresent(it -> remember(digest, new Read(body, it)));
        return plan;
    }

    private static Optional<Plan> parsed(Digest digest, String body) {
        try {
            return Optional.of(PlanJson.read(JsonText.tree(body)))
                    .filter(it -> it.digest().equals(digest));
        } catch (IllegalArgumentException | JacksonException _) {
            // Whatever it is, it is not the plan that was stored.
            return Optional.empty();
        }
    }

    private synchronized Optional<Plan> known(Digest digest, String body) {
        return Optional.ofNullable(remembered.get(digest))
                .filter(it -> it.body().equals(body))
                .map(Read::plan);
    }

    private synchronized void remember(Digest digest, Read read) {
        forget(remembered.put(digest, read));
        characters += read.body().length();
        while (characters > MOST) forget(remembered.pollFirstEntry().getValue());
    }

    private void forget(@Nullable Read read) {
        if (read != null) characters -= read.body().length();
    }
}
