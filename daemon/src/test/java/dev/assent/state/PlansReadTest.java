package dev.assent.state;

import static dev.assent.state.Room.MAIN;
import static dev.assent.state.Room.SHOP;
import static dev.assent.state.Room.SPARE;
import static dev.assent.state.Room.creating;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.plan.Plan;
import dev.assent.plan.render.PlanJson;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlansReadTest {

    @TempDir Path folder;

    private final PlansRead plans = new PlansRead();
    private Room room;
    private Plan plan;

    @BeforeEach
    void plan() {
        room = new Room(folder);
        plan = room.plan(SHOP, creating(MAIN));
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void the_same_text_is_read_once() {
        var first = plans.read(plan.digest(), body(plan)).orElseThrow();

        assertThat(first).isEqualTo(plan);
        assertThat(plans.read(plan.digest(), body(plan)).orElseThrow()).isSameAs(first);
    }

    @Test
    void another_text_is_another_plan_however_often_the_first_was_read() {
        var _ = plans.read(plan.digest(), body(plan));
        var other = room.plan(SHOP, creating(SPARE));

        assertThat(plans.read(plan.digest(), body(other))).isEmpty();
        assertThat(plans.read(plan.digest(), body(plan).replace("main-1", "evil-1"))).isEmpty();
        assertThat(plans.read(plan.digest(), "{")).isEmpty();
        assertThat(plans.read(plan.digest(), body(plan))).contains(plan);
    }

    private static String body(Plan plan) {
        return PlanJson.write(plan).toString();
    }
}
