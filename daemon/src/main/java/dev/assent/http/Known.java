package dev.assent.http;

import dev.assent.model.ApplicationName;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// The applications that the daemon knows: every one that a manifest ever named or of which
/// something exists.
record Known(Desk desk) {

    SortedSet<ApplicationName> applications(Optional<Scope> scope) {
        var known = new TreeSet<ApplicationName>();
        desk.manifests().forEach(it -> known.add(it.application()));
        desk.records().forEach(it -> known.add(it.application()));
        scope.ifPresent(it -> known.removeIf(application -> !it.holds(application)));
        return known;
    }

    void check(ApplicationName application) {
        if (desk.knows(application)) return;
        throw nothingOf(new Scope(application.app(), Optional.of(application.environment())));
    }

    static Refusal nothingOf(Scope scope) {
        return Refusal.unknown(
                "there is no application `" + scope + "`", "`assent status` lists those there are");
    }
}
