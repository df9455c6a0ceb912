package dev.assent.cli;

import dev.assent.approval.Consent;
import dev.assent.http.RefusedException;
import dev.assent.http.UnreachableException;
import dev.assent.model.GroupName;
import dev.assent.plan.Digest;
import dev.assent.state.PlanState;
import dev.assent.state.StoredPlan;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// A yes that is signed in Git. The daemon shows the plan, where it can be reached, and says
/// nothing to it; it hears of the yes when it polls.
///
/// @param id the plan's id or digest, as it was typed
/// @param digest of what was reviewed, where it was given
/// @param destroy the groups whose data may be lost
record SignedApproval(
        Terminal terminal,
        PrintOptions print,
        GitOptions git,
        String id,
        Optional<Digest> digest,
        Set<GroupName> destroy,
        boolean hold) {

    /// Signs and pushes it.
    ///
    /// @param shown asks the daemon for the plan, and shows it
    void make(Supplier<StoredPlan> shown) {
        var approval = new GitApproval(terminal, git);
        var plan = plan(shown);
        var reviewed =
                digest.or(() -> Digest.parse(id))
                        .or(() -> plan.map(StoredPlan::digest))
                        .orElseThrow();
        plan.ifPresent(it -> check(it, reviewed));
        var title = reviewed.id() + plan.map(it -> " of " + it.plan().application()).orElse("");
        var made = approval.sign(reviewed, GitApproval.message(title, reviewed, destroy, hold));
        if (!git.stay) approval.push(made);
        if (print.json()) tell(made, reviewed);
        else terminal.out().println(words(approval, made, reviewed));
    }

    /// With a digest it is not needed.
    private Optional<StoredPlan> plan(Supplier<StoredPlan> shown) {
        try {
            return Optional.of(shown.get());
        } catch (Stop | UnreachableException | RefusedException e) {
            if (digest.isEmpty() && Digest.parse(id).isEmpty()) {
                terminal.remark("with the plan's whole digest, sha256:…, no daemon is needed");
                throw e;
            }
            terminal.remark("the plan is not shown: " + e.getMessage());
            return Optional.empty();
        }
    }

    private void check(StoredPlan plan, Digest reviewed) {
        if (plan.state() != PlanState.PROPOSED) {
            throw Stop.no(
                    "%s is %s and waits for no yes; see what became of it: assent show %s"
                            .formatted(plan.id(), plan.state().word(), plan.id()));
        }
        var consent = new Consent(Optional.of(reviewed), destroy, hold);
        if (consent.to(plan.plan()) instanceof Consent.No(var why)) throw Stop.no(why);
    }

    private void tell(GitApproval.Made made, Digest reviewed) {
        var json = new LinkedHashMap<String, Object>();
        json.put("version", 1);
        json.put("plan", reviewed.toString());
        json.put("ref", made.ref());
        json.put("object", made.object());
        json.put("pushed", !git.stay);
        terminal.out().print(PrintOptions.json(json));
    }

    private String words(GitApproval approval, GitApproval.Made made, Digest reviewed) {
        var place = GitApproval.place(made);
        return git.stay
                ? "Signed %s for %s; to push it: %s"
                        .formatted(place, reviewed.id(), approval.pushing(made))
                : "Pushed %s; it says yes to %s when the daemon looks next; to see what came of it: assent show %s"
                        .formatted(place, reviewed.id(), reviewed.id());
    }
}
