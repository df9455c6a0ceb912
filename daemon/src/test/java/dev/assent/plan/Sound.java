package dev.assent.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.model.Engine;
import dev.assent.model.GroupAddress;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.RecordedGroup;
import java.util.Optional;

/// What holds of every record at every moment, before, between and after changes.
final class Sound {

    private Sound() {}

    /// @param pair to which it belongs
    static void check(Recorded recorded, Pair pair) {
        for (var engine : Engine.values()) {
            var groups =
                    recorded.groups().stream().filter(it -> it.name().engine() == engine).toList();
            assertThat(groups.stream().filter(RecordedGroup::primary).count())
                    .as("primary groups of %s", engine)
                    .isEqualTo(groups.isEmpty() ? 0 : 1);
        }
        for (var group : recorded.groups()) {
            assertThat(group.servers().stream().map(it -> it.name()).distinct().count())
                    .as("servers of %s", group.name())
                    .isEqualTo(group.servers().size());
            group.standing().replicatesFrom().ifPresent(it -> follows(group, it, recorded, pair));
        }
    }

    private static void follows(
            RecordedGroup group, GroupAddress source, Recorded recorded, Pair pair) {
        assertThat(group.servers()).as("servers of %s, who follows", group.name()).hasSize(1);
        var found = find(source, recorded, pair);
        assertThat(found).as("%s, whom %s follows", source, group.name()).isPresent();
        var hops = hops(group, recorded, pair);
        assertThat(hops)
                .as("groups whom %s follows, one behind the other", group.name())
                .isLessThanOrEqualTo(pair.catalogue().cascading() ? 16 : 1);
        assertThat(found.orElseThrow().specification().variant())
                .isEqualTo(group.specification().variant());
    }

    /// In a circle there is no end of them.
    private static int hops(RecordedGroup group, Recorded recorded, Pair pair) {
        var hops = 0;
        var next = group.standing().replicatesFrom();
        while (next.isPresent() && hops < 100) {
            hops++;
            next = find(next.get(), recorded, pair).flatMap(it -> it.standing().replicatesFrom());
        }
        return hops;
    }

    private static Optional<RecordedGroup> find(
            GroupAddress address, Recorded recorded, Pair pair) {
        return address.application().equals(recorded.application())
                ? recorded.group(address.group())
                : Optional.ofNullable(pair.neighbours().groups().get(address));
    }
}
