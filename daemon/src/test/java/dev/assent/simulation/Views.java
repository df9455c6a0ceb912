package dev.assent.simulation;

import dev.assent.model.GroupAddress;
import dev.assent.model.GroupCredentials;
import dev.assent.model.Recorded;
import dev.assent.state.AuditEntry;
import dev.assent.state.Store;
import dev.assent.state.StoredPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// What the record says, to those who look at it without being the daemon. It is looked up again
/// only after something was written: a run asks much more often than that.
final class Views {

    private static final int NEWEST = 6;
    private static final int ENTRIES = 1000;

    private final Supplier<Store> store;
    private boolean heard;
    private Optional<List<StoredPlan>> open = Optional.empty();
    private Optional<List<StoredPlan>> plans = Optional.empty();
    private Optional<List<Recorded>> records = Optional.empty();
    private Optional<Map<String, GroupCredentials>> secrets = Optional.empty();

    Views(Supplier<Store> store) {
        this.store = store;
    }

    /// Something was written.
    void areOld() {
        heard = false;
        open = Optional.empty();
        plans = Optional.empty();
        records = Optional.empty();
        secrets = Optional.empty();
    }

    /// What has been written into the audit trail, if anything has.
    List<AuditEntry> entries(long after) {
        if (heard) return List.of();
        var entries = store.get().audit().after(after, ENTRIES);
        heard = true;
        return entries;
    }

    List<StoredPlan> open() {
        open = known(open, () -> store.get().plans().open());
        return open.orElseThrow();
    }

    /// The newest.
    List<StoredPlan> plans() {
        plans = known(plans, () -> store.get().plans().list(Optional.empty(), NEWEST));
        return plans.orElseThrow();
    }

    List<Recorded> records() {
        records = known(records, () -> store.get().records().all());
        return records.orElseThrow();
    }

    /// The passwords of each group.
    Map<String, GroupCredentials> secrets() {
        secrets = known(secrets, this::readSecrets);
        return secrets.orElseThrow();
    }

    private Map<String, GroupCredentials> readSecrets() {
        var all = new TreeMap<String, GroupCredentials>();
        for (var of : records()) {
            for (var group : of.groups()) {
                var address = new GroupAddress(of.application(), group.name());
                store.get()
                        .credentials()
                        .get(of.application(), group.name())
                        .ifPresent(it -> all.put(address.toString(), it));
            }
        }
        return all;
    }

    private static <T> Optional<T> known(Optional<T> before, Supplier<T> look) {
        return before.isPresent() ? before : Optional.of(look.get());
    }
}
