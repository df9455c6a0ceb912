package dev.assent.reconcile;

import dev.assent.model.ApplicationName;
import dev.assent.model.Desired.DesiredGroup;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded;
import dev.assent.state.Store;
import dev.assent.variables.ExternalGroup;
import dev.assent.variables.ExternalGroups;
import java.util.Optional;

/// What people tell of groups that stand elsewhere. Only of what a manifest declares external can
/// anything be told.
public final class Externals {

    private final Store store;
    private final Declarations declarations;

    public Externals(Store store, Declarations declarations) {
        this.store = store;
        this.declarations = declarations;
    }

    /// Takes down what was told of a group; why not, in a sentence, where it can't be.
    public Optional<String> tell(ApplicationName application, ExternalGroup group, String who) {
        var name = group.name();
        var recorded = store.records().of(application);
        if (recorded.group(name).isPresent()) {
            return Optional.of(
                    "%s of %s was built by Assent, which knows where it stands; only what was never built can be told"
                            .formatted(name, application));
        }
        var twin =
                recorded.groups().stream()
                        .map(Recorded.RecordedGroup::name)
                        .filter(name::sharesVariablesWith)
                        .findFirst();
        if (twin.isPresent()) {
            return Optional.of(
                    "%s exists and has the same variables as %s; name the external one differently"
                            .formatted(twin.get(), name));
        }
        var desired = declarations.desired(application);
        if (desired.isEmpty()) {
            return Optional.of(
                    "no manifest of %s can be read now, so that nobody knows whether %s is external; `assent status %s` says what is wrong with it"
                            .formatted(application, name, application));
        }
        var declared =
                desired.get().groups().stream().filter(it -> it.name().equals(name)).findFirst();
        if (declared.filter(DesiredGroup::external).isEmpty()) {
            return Optional.of(
                    declared.map(it -> notExternal(name, it))
                            .orElseGet(() ->
                                    "%s declares no group %s; declare it there with `server: external` first"
                                            .formatted(desired.get().path(), name)));
        }
        var leads = ExternalGroups.leads(name, desired.get(), recorded);
        store.externals().told(application, group.leading(leads), who);
        return Optional.empty();
    }

    private static String notExternal(GroupName name, DesiredGroup declared) {
        return "%s declares %s as a group that Assent builds; to say where it stands, declare it with `server: external` there"
                .formatted(declared.place(), name);
    }

    /// Forgets what was told of a group; why not, in a sentence, where there is nothing.
    public Optional<String> forget(ApplicationName application, GroupName group, String who) {
        return store.externals().forgotten(application, group, who)
                ? Optional.empty()
                : Optional.of(
                        "nobody has told where %s of %s stands, so there is nothing to forget"
                                .formatted(group, application));
    }
}
