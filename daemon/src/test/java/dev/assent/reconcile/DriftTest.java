package dev.assent.reconcile;

import static dev.assent.plan.Given.SHOP;
import static dev.assent.plan.Given.existing;
import static dev.assent.plan.Given.group;
import static dev.assent.plan.Given.recorded;
import static dev.assent.reconcile.Healths.cutOffFrom;
import static dev.assent.reconcile.Healths.edited;
import static dev.assent.reconcile.Healths.primary;
import static dev.assent.reconcile.Healths.replicaOf;
import static dev.assent.reconcile.Healths.silent;
import static dev.assent.reconcile.Healths.troubledReplicaOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.model.ApplicationName;
import dev.assent.model.Recorded;
import dev.assent.model.Recorded.Origin;
import dev.assent.model.ServerKey;
import dev.assent.model.ServerName;
import dev.assent.plan.Finding;
import dev.assent.plan.Finding.Kind;
import dev.assent.provider.Health;
import dev.assent.provider.Health.State;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What is seen against what is recorded: a primary server on port 20000, a replica on 20001.
class DriftTest {

    private static final ApplicationName BLOG = new ApplicationName("blog", "production");

    private Recorded recorded = recorded(3, existing("postgresql/main").servers("a", "b"));
    private final Map<ApplicationName, Recorded> others = new HashMap<>();
    private final Map<ServerKey, Health> seen = new HashMap<>();

    @Test
    void servers_that_are_as_they_are_recorded_are_no_finding() {
        see("a", primary());
        see("b", replicaOf(20_000));

        assertThat(findings()).isEmpty();
    }

    @Test
    void of_a_server_that_was_not_looked_at_nothing_is_said() {
        assertThat(findings()).isEmpty();
    }

    @Test
    void a_server_that_does_not_run_is_told_with_the_reason_that_is_known() {
        see("a", silent(State.STOPPED, "it died 6 times in a minute"));
        see("b", silent(State.MISSING, "there is no /srv/b/data"));

        assertThat(findings())
                .extracting(Finding::kind)
                .containsExactly(Kind.STOPPED, Kind.MISSING);
        assertThat(findings())
                .extracting(Finding::message)
                .containsExactly(
                        "a of postgresql/main is stopped: it died 6 times in a minute",
                        "b of postgresql/main is gone: there is no /srv/b/data");
    }

    @Test
    void what_a_server_said_in_its_last_moments_is_one_line_without_secrets() {
        see("a", silent(State.STOPPED, "it died\n  postgres://shop:hunter22@db/x\n  refused"));

        assertThat(only().message())
                .startsWith("a of postgresql/main is stopped: it died postgres://")
                .endsWith("refused")
                .doesNotContain("hunter22");
    }

    @Test
    void a_server_that_does_not_answer_or_is_held_back_is_told() {
        see("a", silent(State.UNREACHABLE, "too many clients"));
        see("b", silent(State.FENCED, ""));

        assertThat(findings())
                .extracting(Finding::message)
                .containsExactly(
                        "a of postgresql/main does not answer: too many clients",
                        "b of postgresql/main is held back, as if a promotion was under way");
    }

    @Test
    void a_primary_server_that_follows_another_one_is_told_with_whom() {
        see("a", replicaOf(20_001));
        see("b", primary());

        assertThat(findings())
                .extracting(Finding::kind)
                .containsExactly(Kind.DEMOTED, Kind.WRITABLE);
        assertThat(findings())
                .extracting(Finding::message)
                .containsExactly(
                        "a of postgresql/main is recorded as primary server, and follows"
                                + " localhost:20001",
                        "b of postgresql/main is recorded as a replica of a, and takes writes");
    }

    @Test
    void a_replica_that_follows_somebody_else_is_told_with_both() {
        see("a", primary());
        see("b", replicaOf(5432));

        assertThat(only().kind()).isEqualTo(Kind.WRONG_SOURCE);
        assertThat(only().seen()).isEqualTo("localhost:5432");
        assertThat(only().message())
                .isEqualTo(
                        "b of postgresql/main follows localhost:5432, and should follow a at"
                                + " 127.0.0.1:20000");
    }

    @Test
    void a_replica_that_does_not_follow_a_primary_server_that_runs_is_told() {
        see("a", primary());
        see("b", cutOffFrom(20_000));

        assertThat(only().kind()).isEqualTo(Kind.NOT_FOLLOWING);
        assertThat(only().message())
                .isEqualTo("b of postgresql/main does not follow: it receives no changes");
    }

    @Test
    void what_else_is_wrong_with_a_replica_that_follows_is_no_finding() {
        see("a", primary());
        var troubled = troubledReplicaOf(20_000, "its last snapshot failed");
        see("b", troubled);

        assertThat(findings()).isEmpty();
        var b = new Lookout.Seen(key(SHOP, "main", "b"), true, troubled);
        assertThat(b.isCutOff()).isFalse();
    }

    @Test
    void that_nobody_follows_a_server_which_does_not_run_is_no_finding_of_its_own() {
        see("a", silent(State.STOPPED, "it is stopped"));
        see("b", cutOffFrom(20_000));

        assertThat(findings()).extracting(Finding::kind).containsExactly(Kind.STOPPED);
    }

    @Test
    void another_version_is_told_and_a_more_precise_one_is_the_same() {
        recorded = recorded(3, existing("postgresql/main").version("16").servers("a"));
        see("a", primary("16.15"));
        assertThat(findings()).isEmpty();

        recorded = recorded(3, existing("postgresql/main").version("16.14").servers("a"));
        assertThat(only().kind()).isEqualTo(Kind.WRONG_VERSION);
        assertThat(only().seen()).isEqualTo("16.15");
        assertThat(only().message())
                .isEqualTo("a of postgresql/main runs 16.15, and 16.14 is recorded");
    }

    @Test
    void a_configuration_that_was_edited_is_told_with_its_files_whatever_else_is_so() {
        see("a", edited(primary("16.14"), "postgresql.conf", "pg_hba.conf"));

        assertThat(findings())
                .extracting(Finding::kind)
                .containsExactly(Kind.WRONG_VERSION, Kind.EDITED);
        assertThat(findings().getLast().seen()).isEqualTo("postgresql.conf, pg_hba.conf");
    }

    @Test
    void the_server_of_a_group_that_follows_another_one_should_follow_its_primary_server() {
        recorded =
                recorded(
                        3,
                        existing("postgresql/copy").servers("c").follows(BLOG, "main"),
                        existing("postgresql/lone").servers("l"));
        others.put(
                BLOG,
                new Recorded(
                        BLOG, 1, recorded(1, existing("postgresql/main").servers("x")).groups()));
        seen.put(key(BLOG, "main", "x"), primary());

        see("copy", "c", replicaOf(20_000));
        assertThat(findings()).isEmpty();

        see("copy", "c", replicaOf(20_007));
        assertThat(only().kind()).isEqualTo(Kind.WRONG_SOURCE);

        see("copy", "c", primary());
        assertThat(only().kind()).isEqualTo(Kind.WRITABLE);

        see("copy", "c", cutOffFrom(20_000));
        assertThat(only().kind()).isEqualTo(Kind.NOT_FOLLOWING);
    }

    @Test
    void what_follows_what_in_a_group_that_was_adopted_nobody_here_knows() {
        recorded = recorded(3, existing("postgresql/main").origin(Origin.ADOPTED).servers("a"));
        see("a", replicaOf(5432));
        assertThat(findings()).isEmpty();

        see("a", primary("17.2"));
        assertThat(only().kind()).isEqualTo(Kind.WRONG_VERSION);
    }

    private void see(String server, Health health) {
        see("main", server, health);
    }

    private void see(String group, String server, Health health) {
        seen.put(key(SHOP, group, server), health);
    }

    private static ServerKey key(ApplicationName application, String group, String server) {
        return new ServerKey(application, group("postgresql/" + group), new ServerName(server));
    }

    private Finding only() {
        assertThat(findings()).hasSize(1);
        return findings().getFirst();
    }

    private List<Finding> findings() {
        var records =
                Stream.concat(Stream.of(recorded), others.values().stream())
                        .collect(Collectors.toMap(Recorded::application, it -> it));
        return new Drift(records, seen).findings(SHOP);
    }
}
