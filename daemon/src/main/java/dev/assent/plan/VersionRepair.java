package dev.assent.plan;

import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.model.Version;
import dev.assent.plan.Change.AcceptVersion;
import dev.assent.plan.Finding.Kind;
import dev.assent.plan.Finding.Subject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What to do about servers of another version than is recorded: where all of a group have come to
/// the same one, it can be accepted.
///
/// @param found what was found of the group
record VersionRepair(
        RecordedGroup group, List<Finding> found, Draft draft, Map<Subject, String> advice) {

    void plan() {
        var other = found.stream().filter(it -> it.kind() == Kind.WRONG_VERSION).toList();
        if (other.isEmpty()) return;
        var versions = other.stream().map(Finding::seen).distinct().toList();
        if (versions.size() > 1 || other.size() < group.servers().size()) {
            other.forEach(it ->
                    advice.put(
                            it.subject(),
                            "the servers of %s are of different versions; once all have come to the same one, it can be accepted"
                                    .formatted(group.name())));
            return;
        }
        var what = other.stream().map(Finding::message).collect(Collectors.joining("; "));
        draft.propose(
                new AcceptVersion(group.name(), group.version(), new Version(versions.getFirst())),
                new Because.Found(what));
    }
}
