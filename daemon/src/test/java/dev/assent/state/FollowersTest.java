package dev.assent.state;

import static dev.assent.state.Room.BLOG;
import static dev.assent.state.Room.MAIN;
import static dev.assent.state.Room.SHOP;
import static dev.assent.state.Room.SPARE;
import static dev.assent.state.Room.creating;
import static dev.assent.state.Room.group;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.model.ApplicationName;
import dev.assent.model.GroupAddress;
import dev.assent.model.Recorded;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowersTest {

    @Test
    void who_follows_an_application_is_found_and_nobody_with_a_name_like_it(@TempDir Path folder) {
        try (var room = new Room(folder)) {
            room.built(SHOP, MAIN);
            follows(room, BLOG, new GroupAddress(SHOP, MAIN));
            follows(
                    room,
                    new ApplicationName("wiki", "production"),
                    new GroupAddress(new ApplicationName("shop", "production-2"), MAIN));

            assertThat(room.store().records().followersOf(SHOP))
                    .extracting(Recorded::application)
                    .containsExactly(BLOG);
            assertThat(room.store().records().followersOf(BLOG)).isEmpty();
        }
    }

    private static void follows(Room room, ApplicationName application, GroupAddress source) {
        var copy = group(SPARE, false);
        var approval = room.started(application, creating(SPARE, false));
        room.store()
                .records()
                .groupCreated(
                        approval,
                        "c1.2",
                        copy.with(copy.standing().withReplication(Optional.of(source))));
        room.plans().applied(approval);
    }
}
