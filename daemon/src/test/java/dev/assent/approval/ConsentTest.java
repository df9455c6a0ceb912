package dev.assent.approval;

import static dev.assent.plan.Given.CATALOGUE;
import static dev.assent.plan.Given.declared;
import static dev.assent.plan.Given.desired;
import static dev.assent.plan.Given.existing;
import static dev.assent.plan.Given.group;
import static dev.assent.plan.Given.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.approval.Consent.Enough;
import dev.assent.approval.Consent.No;
import dev.assent.plan.Digest;
import dev.assent.plan.Plan;
import dev.assent.plan.Planner;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConsentTest {

    private static final Plan SAFE =
            Planner.plan(
                    desired(declared("postgresql/main").servers("pg-1")),
                    recorded(0),
                    CATALOGUE,
                    Optional.empty());

    /// c1 creates postgresql/new, c2 and c3 remove postgresql/a and postgresql/b.
    private static final Plan MIXED =
            Planner.plan(
                    desired(declared("postgresql/new").servers("pg-1")),
                    recorded(3, existing("postgresql/a"), existing("postgresql/b")),
                    CATALOGUE,
                    Optional.empty());

    @Test
    void a_plain_yes_is_enough_for_what_is_safe() {
        assertThat(yes().to(SAFE)).isEqualTo(new Enough(Set.of("c1")));
    }

    @Test
    void what_destroys_data_needs_its_own_yes_group_by_group() {
        assertThat(yes().to(MIXED))
                .isEqualTo(
                        new No(
                                MIXED.id()
                                        + " destroys data of postgresql/a, postgresql/b and needs a"
                                        + " yes to that: assent approve "
                                        + MIXED.id()
                                        + " --destroy postgresql/a --destroy postgresql/b (or"
                                        + " --hold-destructive to do only the rest)"));
        assertThat(yes("postgresql/a").to(MIXED)).isInstanceOf(No.class);
        assertThat(yes("postgresql/a", "postgresql/b").to(MIXED))
                .isEqualTo(new Enough(Set.of("c1", "c2", "c3")));
    }

    @Test
    void destructive_changes_can_be_held_while_the_rest_is_approved() {
        var hold = new Consent(Optional.empty(), Set.of(group("postgresql/b")), true);

        assertThat(hold.to(MIXED)).isEqualTo(new Enough(Set.of("c1", "c3")));
    }

    @Test
    void what_needs_something_that_is_held_back_cannot_be_agreed_to_alone() {
        var plan =
                Planner.plan(
                        desired(declared("postgresql/main")),
                        recorded(
                                3,
                                existing("postgresql/main").primary(),
                                existing("postgresql/source"),
                                existing("postgresql/copy").follows("source")),
                        CATALOGUE,
                        Optional.empty());
        var source = new Consent(Optional.empty(), Set.of(group("postgresql/source")), true);
        var copy = new Consent(Optional.empty(), Set.of(group("postgresql/copy")), true);

        assertThat(source.to(plan))
                .isEqualTo(
                        new No(
                                "remove-group of postgresql/source can only be done after what destroys data of postgresql/copy, and that is held back; agree to all of it, or leave out --destroy postgresql/source"));
        assertThat(copy.to(plan)).isEqualTo(new Enough(Set.of("c1")));
    }

    @Test
    void a_yes_to_another_digest_is_none() {
        var other = new Consent(Optional.of(new Digest("0".repeat(64))), Set.of(), false);
        var same = new Consent(Optional.of(SAFE.digest()), Set.of(), false);

        assertThat(other.to(SAFE)).isInstanceOf(No.class);
        assertThat(same.to(SAFE)).isInstanceOf(Enough.class);
    }

    @Test
    void a_yes_to_destroying_what_the_plan_keeps_is_a_mistake_and_refused() {
        assertThat(yes("postgresql/main").to(SAFE))
                .isEqualTo(
                        new No(
                                SAFE.id()
                                        + " destroys nothing of postgresql/main; leave out"
                                        + " --destroy postgresql/main"));
    }

    private static Consent yes(String... destroy) {
        var groups = new java.util.HashSet<dev.assent.model.GroupName>();
        for (var name : destroy) groups.add(group(name));
        return new Consent(Optional.empty(), groups, false);
    }
}
