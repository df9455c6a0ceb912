package dev.assent.reconcile;

import dev.assent.approval.Speaker;
import dev.assent.engine.Answer;
import dev.assent.engine.EngineAdapter;
import dev.assent.engine.EngineException;
import dev.assent.model.GroupCredentials;
import dev.assent.model.Secret;
import dev.assent.model.Specification;
import dev.assent.plan.Request.Adopt;
import dev.assent.state.Decision;
import java.util.Optional;

/// Has servers known that Assent did not build: each is asked what it is before a plan is made.
public final class Adoption {

    private final Reconciler reconciler;

    public Adoption(Reconciler reconciler) {
        this.reconciler = reconciler;
    }

    /// Enters the server once, and proposes to adopt it. Its password is kept encrypted until that
    /// is decided.
    public Decision propose(Candidate candidate, Speaker asker) {
        var adapter = EngineAdapter.adapterFor(candidate.variant());
        if (adapter.isEmpty()) {
            return new Decision.Refused(
                    "%s cannot be adopted: this version of Assent cannot ask one what it is"
                            .formatted(candidate.variant()));
        }
        if (candidate.password().reveal().isEmpty()) {
            return new Decision.Refused(
                    "a password is needed; give it on standard input or with --password-file FILE");
        }
        Answer answer;
        try {
            answer = adapter.get().greet(candidate.endpoint(), credentials(candidate));
        } catch (EngineException e) {
            return new Decision.Refused(
                    "%s; check address, user, database and password".formatted(e.getMessage()));
        }
        if (answer.replica()) {
            return new Decision.Refused(
                    "%s is a replica of another server; adopt its primary server"
                            .formatted(candidate.endpoint()));
        }
        var request =
                new Adopt(
                        candidate.group(),
                        Specification.of(candidate.variant()).pinned(answer.version()),
                        candidate.server(),
                        candidate.endpoint(),
                        candidate.username(),
                        candidate.database());
        return reconciler.ask(
                candidate.application(), request, Optional.of(candidate.password()), asker);
    }

    private static GroupCredentials credentials(Candidate candidate) {
        return new GroupCredentials(
                Secret.of(""),
                candidate.username(),
                candidate.database(),
                candidate.password(),
                Secret.of(""));
    }
}
