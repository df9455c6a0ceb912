package dev.assent.source;

import dev.assent.model.GroupName;
import dev.assent.plan.Digest;
import dev.assent.source.Trailers.Trailer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What a message says to plans, in trailers that begin with `Assent-`. What is not understood is
/// never passed over: it may be a condition.
final class Spoken {

    private static final String OURS = "assent-";
    private static final int MOST = 20;

    private final Set<Digest> approves = new LinkedHashSet<>();
    private final Set<Digest> rejects = new LinkedHashSet<>();
    private final Set<GroupName> destroy = new LinkedHashSet<>();
    private boolean hold;

    /// Each once: the lines can be as many as somebody likes.
    private final Set<String> wrong = new TreeSet<>();

    private Spoken() {}

    /// Empty where a message says nothing to plans.
    static Optional<Spoken> in(String message) {
        var ours = Trailers.in(message).stream().filter(it -> it.key().startsWith(OURS)).toList();
        if (ours.isEmpty()) return Optional.empty();
        var spoken = new Spoken();
        ours.forEach(spoken::take);
        spoken.check();
        return Optional.of(spoken);
    }

    private void take(Trailer trailer) {
        switch (trailer.key()) {
            case "assent-approve" -> digest(trailer, approves);
            case "assent-reject" -> digest(trailer, rejects);
            case "assent-destroy" ->
                    GroupName.parse(trailer.value())
                            .ifPresentOrElse(
                                    destroy::add,
                                    () ->
                                            wrong.add(
                                                    "Assent-Destroy names no group; write it as ENGINE/GROUP"));
            case "assent-hold-destructive" -> {
                if (trailer.value().equals("yes")) hold = true;
                else wrong.add("Assent-Hold-Destructive says yes, or is left out");
            }
            default ->
                    wrong.add(
                            "there is a trailer beginning with Assent- that this version does not know");
        }
    }

    private void digest(Trailer trailer, Set<Digest> into) {
        Digest.parse(trailer.value())
                .ifPresentOrElse(
                        into::add,
                        () ->
                                wrong.add(
                                        "a plan is named by its whole digest, sha256: and 64 hexadecimal digits"));
    }

    private void check() {
        if (approves.size() + rejects.size() > MOST) {
            wrong.add("it speaks of more than %d plans; make several of it".formatted(MOST));
        }
        if (approves.stream().anyMatch(rejects::contains)) {
            wrong.add("it says yes and no to the same plan");
        }
        if (!destroy.isEmpty() && approves.size() > 1) {
            wrong.add(
                    "it agrees that data is destroyed and names several plans; make one for each");
        }
        if (approves.isEmpty() && rejects.isEmpty() && wrong.isEmpty()) {
            wrong.add("it names no plan; add Assent-Approve: and the plan's digest");
        }
    }

    List<Digest> approves() {
        return List.copyOf(approves);
    }

    List<Digest> rejects() {
        return List.copyOf(rejects);
    }

    Set<GroupName> destroy() {
        return Set.copyOf(destroy);
    }

    boolean hold() {
        return hold;
    }

    List<String> wrong() {
        return List.copyOf(wrong);
    }
}
