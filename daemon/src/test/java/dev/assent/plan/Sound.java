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

    static void check(Recorded recorded, Neighbours neighbours) {
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
            group.standing()
                    .replicatesFrom()
                    .ifPresent(it -> follows(group, it, recorded, neighbours));
        }
    }

    private static void follows(
            RecordedGroup group, GroupAddress source, Recorded recorded, Neighbours neighbours) {
        assertThat(group.servers()).as("servers of %s, who follows", group.name()).hasSize(1);
        var found =
                source.application().equals(recorded.application())
                        ? recorded.group(source.group())
                        : Optional.ofNullable(neighbours.groups().get(source));
        assertThat(found).as("%s, whom %s follows", source, group.name()).isPresent();
        assertThat(found.orElseThrow().standing().replicatesFrom())
                .as("whom %s follows, whom %s follows", source, group.name())
                .isEmpty();
        assertThat(found.orElseThrow().specification().variant())
                .isEqualTo(group.specification().variant());
    }
}
