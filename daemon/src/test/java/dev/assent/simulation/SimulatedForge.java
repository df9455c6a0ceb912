package dev.assent.simulation;

import dev.assent.approval.Channel;
import dev.assent.approval.Consent;
import dev.assent.approval.Speaker;
import dev.assent.model.GroupName;
import dev.assent.plan.Digest;
import dev.assent.reconcile.Decider;
import dev.assent.reconcile.HeadDescription;
import dev.assent.reconcile.Reviews;
import dev.assent.reconcile.Yes;
import dev.assent.source.Repository;
import dev.assent.state.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Pull requests and what people write there. It tells of comments late, in any order, and again
/// and again, also after a crash; each of them was written once.
final class SimulatedForge implements Reviews {

    /// A yes in a comment.
    record Comment(String url, String who, Digest digest, Set<GroupName> destroy, boolean hold) {}

    private final Simulation world;
    private final List<Comment> comments = new ArrayList<>();

    SimulatedForge(Simulation world) {
        this.world = world;
    }

    Comment write(String who, Digest digest, Set<GroupName> destroy, boolean hold) {
        var url = "https://forge.example/comment/" + comments.size();
        var comment = new Comment(url, who, digest, destroy, hold);
        comments.add(comment);
        return comment;
    }

    @Override
    public Optional<Map<String, HeadDescription>> open(Repository repository) {
        if (world.strikes(Weather::fails)) {
            world.log("  the forge does not tell");
            return Optional.empty();
        }
        var all = new TreeMap<String, HeadDescription>();
        for (var ref : world.git(repository.name()).heads.keySet()) {
            all.put(
                    ref,
                    new HeadDescription(
                            ref, false, OptionalLong.of(7), ref, "github:dev", Optional.empty()));
        }
        return Optional.of(all);
    }

    @Override
    public void listen(Repository repository, Decider decider) {
        if (comments.isEmpty()) return;
        var told =
                world.chance()
                        .shuffled(
                                comments.subList(
                                        Math.max(0, comments.size() - 6), comments.size()));
        for (var comment : told) {
            if (world.chance().of(0.4)) continue;
            world.moment("hear " + comment.url(), true);
            hear(comment, decider);
        }
    }

    private void hear(Comment comment, Decider decider) {
        var speaker =
                new Speaker(
                        comment.who(),
                        comment.who(),
                        new TreeSet<>(),
                        Channel.COMMENT,
                        Optional.of(comment.url()));
        var consent = new Consent(Optional.of(comment.digest()), comment.destroy(), comment.hold());
        var decision = decider.approve(new Yes(comment.digest().toString(), speaker, consent));
        if (!(decision instanceof Decision.Refused)) {
            world.log(
                    "  %s of %s is heard: %s"
                            .formatted(comment.url(), comment.who(), Simulation.words(decision)));
        }
    }

    @Override
    public void tell() {
        world.moment("tell the forge", false);
    }
}
