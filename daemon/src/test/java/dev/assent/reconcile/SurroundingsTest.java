package dev.assent.reconcile;

import static dev.assent.plan.Given.SHOP;
import static dev.assent.plan.Given.declared;
import static dev.assent.plan.Given.desired;
import static dev.assent.plan.Given.existing;
import static dev.assent.plan.Given.group;
import static dev.assent.plan.Given.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.model.ApplicationName;
import dev.assent.model.Desired;
import dev.assent.model.GroupAddress;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.RecordedGroup;
import dev.assent.plan.Given.Existing;
import dev.assent.plan.Neighbours;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SurroundingsTest {

    private static final ApplicationName BLOG = new ApplicationName("blog", "production");
    private static final ApplicationName WIKI = new ApplicationName("wiki", "production");

    @Test
    void who_is_followed_who_is_to_be_followed_and_who_follows_is_near_and_nobody_else() {
        var here =
                recorded(
                        1,
                        existing("postgresql/main"),
                        existing("postgresql/copy").follows(BLOG, "source"));
        var wanted = desired(declared("postgresql/main").follows(WIKI, "source"));
        var blog =
                of(
                        BLOG,
                        existing("postgresql/source").follows(WIKI, "origin"),
                        existing("postgresql/other"),
                        existing("postgresql/reader").follows(SHOP, "main"));
        var wiki = of(WIKI, existing("postgresql/source"), existing("postgresql/origin"));

        var near = near(here, Optional.of(wanted), blog, wiki);

        assertThat(near.groups().keySet())
                .containsExactlyInAnyOrder(
                        address(BLOG, "source"),
                        address(WIKI, "origin"),
                        address(BLOG, "reader"),
                        address(WIKI, "source"));
    }

    @Test
    void groups_that_follow_one_another_in_a_circle_end_the_search_too() {
        var here = recorded(1, existing("postgresql/main").follows(BLOG, "a"));
        var blog =
                of(
                        BLOG,
                        existing("postgresql/a").follows(BLOG, "b"),
                        existing("postgresql/b").follows(BLOG, "a"));

        assertThat(near(here, Optional.empty(), blog).groups()).hasSize(2);
    }

    @Test
    void
            who_follows_is_near_over_any_number_of_groups_between_and_with_its_provider_where_that_is_another() {
        var here =
                recorded(
                        1,
                        existing("postgresql/main"),
                        existing("postgresql/third").follows(BLOG, "second"));
        var blog =
                of(
                        BLOG,
                        existing("postgresql/second").follows(SHOP, "main"),
                        existing("postgresql/lonely").follows(WIKI, "lonely"));
        var wiki =
                of(
                        WIKI,
                        existing("postgresql/fourth").follows(SHOP, "third"),
                        existing("postgresql/fifth").follows(WIKI, "fourth"),
                        existing("postgresql/lonely"));

        var near = near(here, Optional.empty(), blog, wiki);

        assertThat(near.groups().keySet())
                .containsExactlyInAnyOrder(
                        address(BLOG, "second"), address(WIKI, "fourth"), address(WIKI, "fifth"));
        assertThat(near.providers()).isEqualTo(Map.of(WIKI, "elsewhere"));
    }

    private static Neighbours near(Recorded here, Optional<Desired> wanted, Recorded... elsewhere) {
        return new Surroundings(
                        name ->
                                Arrays.stream(elsewhere)
                                        .filter(it -> it.application().equals(name))
                                        .findFirst()
                                        .orElseThrow(),
                        name ->
                                Arrays.stream(elsewhere)
                                        .filter(it -> it.has(group -> follows(group, name)))
                                        .toList(),
                        name -> name.equals(WIKI) ? "elsewhere" : "here")
                .of(here, wanted.map(Surroundings::sources).orElse(List.of()));
    }

    private static boolean follows(RecordedGroup group, ApplicationName application) {
        return group.standing()
                .replicatesFrom()
                .filter(it -> it.application().equals(application))
                .isPresent();
    }

    private static Recorded of(ApplicationName application, Existing... groups) {
        return new Recorded(application, 1, Arrays.stream(groups).map(Existing::built).toList());
    }

    private static GroupAddress address(ApplicationName application, String name) {
        return new GroupAddress(application, group("postgresql/" + name));
    }
}
