package dev.assent.manifest;

import dev.assent.manifest.Tree.Entry;
import dev.assent.model.Desired.DesiredBackups;
import dev.assent.model.Desired.DesiredReplication;
import dev.assent.model.GroupName;
import dev.assent.model.Place;
import dev.assent.model.ServerName;
import dev.assent.model.Specification;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// A group as one component declares it; whom its servers name is not looked up yet.
///
/// @param shared the old key that says whose servers it uses
/// @param spot its name, or the component of the short form
record DeclaredGroup(
        GroupName name,
        Specification specification,
        boolean external,
        Optional<Place> primary,
        List<DeclaredServer> servers,
        Optional<DesiredReplication> replication,
        Optional<DesiredBackups> backups,
        Optional<Entry> shared,
        Spot spot) {

    DeclaredGroup with(Specification specification) {
        return new DeclaredGroup(
                name,
                specification,
                external,
                primary,
                servers,
                replication,
                backups,
                shared,
                spot);
    }

    /// A server as its group declares it.
    ///
    /// @param spot its name where it has one; of one that an alias repeats, where that stands
    /// @param definition what says what it is
    record DeclaredServer(
            Optional<ServerName> name,
            Optional<SameAs> sameAs,
            SortedMap<String, String> settings,
            Spot spot,
            Place definition) {}

    /// The name of a server that stands elsewhere.
    record SameAs(String target, Spot spot) {}
}
