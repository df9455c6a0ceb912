package dev.assent.state;

import dev.assent.plan.Digest;
import dev.assent.state.Tampering.Kind;
import java.util.ArrayList;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// One walk along all plans and assents, that finds those whose seals are not ours.
record SealWalk(Handle handle, Signet signet) {

    Verification result() {
        var seals = new Seals(handle, signet);
        var found = new ArrayList<Tampering>();
        var plans = 0L;
        var assents = 0L;
        try (var rows =
                handle
                        .createQuery("SELECT * FROM plan ORDER BY number")
                        .map((row, _) ->
                                seals.isWhole(row)
                                        ? Optional.<String>empty()
                                        : Optional.of(
                                                "the plan %s, proposed at %s, was edited or made up"
                                                        .formatted(
                                                                id(row.getString("digest")),
                                                                row.getString("proposed_at"))))
                        .stream()) {
            for (var it : (Iterable<Optional<String>>) rows::iterator) {
                plans++;
                it.ifPresent(said -> found.add(new Tampering(Kind.PLAN, 0, 0, said)));
            }
        }
        try (var rows =
                handle
                        .createQuery("SELECT * FROM assent ORDER BY id")
                        .map((row, _) ->
                                seals.isWholeAssent(row)
                                        ? Optional.<String>empty()
                                        : Optional.of(
                                                "the yes of %s to %s, at %s, was edited or made up"
                                                        .formatted(
                                                                row.getString("who"),
                                                                id(row.getString("digest")),
                                                                row.getString("at"))))
                        .stream()) {
            for (var it : (Iterable<Optional<String>>) rows::iterator) {
                assents++;
                it.ifPresent(said -> found.add(new Tampering(Kind.ASSENT, 0, 0, said)));
            }
        }
        return new Verification(0, "", Optional.empty(), plans, assents, found, Optional.empty());
    }

    private static String id(String digest) {
        return Digest.parse(digest).map(Digest::id).orElse(digest);
    }
}
