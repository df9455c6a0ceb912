package dev.assent.reconcile.discussion;

import dev.assent.model.ApplicationName;
import dev.assent.plan.Digest;
import dev.assent.state.HeadPlan;
import dev.assent.state.HeadState;
import dev.assent.state.Store;
import dev.assent.state.StoredPlan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a pull request's discussion is about: the plans that it wants while it is open, and once it
/// is merged those of them that the branch wants.
///
/// @param name what people call it: `#7`
/// @param head empty once it is merged
record Topic(Store store, String repository, long number, String name, Optional<HeadState> head) {

    static Topic of(Store store, HeadState head) {
        return new Topic(
                store,
                head.repository(),
                head.number().orElseThrow(),
                head.name(),
                Optional.of(head));
    }

    /// Of one that is merged; empty where nothing that was shown there waits for anybody.
    static Optional<Topic> merged(Store store, String repository, long number) {
        var topic = new Topic(store, repository, number, "#" + number, Optional.empty());
        return Optional.of(topic).filter(it -> !it.plans().isEmpty());
    }

    List<StoredPlan> plans() {
        return digests()
                .flatMap(it -> store.plans().find(it.toString()).stream())
                .filter(it -> head.isPresent() || (it.wanted().byBranch() && it.isOpen()))
                .toList();
    }

    private Stream<Digest> digests() {
        return head.map(it ->
                        store.heads().plans(it).stream().flatMap(said -> said.digest().stream()))
                .orElseGet(() -> store.discussed().plans(repository, number).stream());
    }

    /// The applications that it touches, as far as they are known.
    List<ApplicationName> applications() {
        return head.map(it -> store.heads().plans(it).stream().map(HeadPlan::application).toList())
                .orElseGet(() ->
                        plans().stream().map(it -> it.plan().application()).distinct().toList());
    }
}
