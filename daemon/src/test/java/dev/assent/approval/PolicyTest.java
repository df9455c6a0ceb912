package dev.assent.approval;

import static dev.assent.approval.Channel.CLI;
import static dev.assent.approval.Channel.COMMENT;
import static dev.assent.approval.Channel.REVIEW;
import static dev.assent.approval.Channel.TAG;
import static dev.assent.approval.Trial.PRODUCTION;
import static dev.assent.approval.Trial.STAGING;
import static dev.assent.approval.Trial.creating;
import static dev.assent.approval.Trial.merged;
import static dev.assent.approval.Trial.plan;
import static dev.assent.approval.Trial.policy;
import static dev.assent.approval.Trial.proposed;
import static dev.assent.approval.Trial.removing;
import static dev.assent.approval.Trial.yes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.state.Assent;
import dev.assent.state.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PolicyTest {

    private static final String PEOPLE =
            """
            people:
              ada: {github: ada-l, emails: [ada@example.org]}
              ben: {github: ben-b}
              cleo: {emails: [cleo@example.org]}
            groups: {dba: [ada, ben]}
            """;

    private static final Matter REMOVAL = merged(plan(PRODUCTION, removing()));

    @Test
    void two_people_have_to_say_it_and_one_of_them_twice_is_not_two() {
        var policy = policy(PEOPLE + "rules: [{match: '*/*', by: [dba], approvals: 2}]");

        assertThat(missing(policy, REMOVAL, yes("ada", CLI, 1)))
                .contains("1 of 2 approvals; one more of dba");
        assertThat(missing(policy, REMOVAL, yes("ada", CLI, 1), yes("github:ada-l", COMMENT, 1)))
                .contains("1 of 2 approvals; one more of dba");
        assertThat(missing(policy, REMOVAL, yes("ada", CLI, 1), yes("ben", CLI, 1))).isEmpty();
    }

    @Test
    void two_kinds_of_channel_are_not_two_programs_with_one_token() {
        var policy = policy(PEOPLE + "rules: [{match: '*/*', by: [dba], proofs: 2}]");

        assertThat(missing(policy, REMOVAL, yes("ada", CLI, 1), yes("ada", Channel.API, 1)))
                .contains(
                        "enough people, but 1 of 2 kinds of channel; one more by comment, commit or tag");
        assertThat(missing(policy, REMOVAL, yes("ada", CLI, 1), yes("ada", TAG, 1))).isEmpty();
    }

    @Test
    void an_author_does_not_count_by_any_of_their_names() {
        var policy = policy(PEOPLE + "rules: [{match: '*/*', by: [dba]}]");

        for (var author :
                List.of(
                        "email:ADA@example.org",
                        "github:Ada-L",
                        "email:12345+ada-l@users.noreply.github.com")) {
            var matter = merged(plan(PRODUCTION, removing()), author);
            assertThat(missing(policy, matter, yes("ada", CLI, 1)))
                    .as(author)
                    .contains(
                            "0 of 1 approvals; one more of dba; not counted: ada is an author of the change");
            assertThat(missing(policy, matter, yes("ben", CLI, 1))).as(author).isEmpty();
        }
    }

    @Test
    void whoever_asked_for_a_plan_is_its_author_under_whichever_name() {
        var policy = policy(PEOPLE + "rules: [{match: '*/*', by: [dba, admin]}]");
        var byBen = asked("ben", "ben");
        var byAdminAsBen = asked("ben", "admin");
        var byAdminAsSomebody = asked("root", "admin");

        assertThat(missing(policy, byBen, yes("ben", CLI, 1))).isPresent();
        assertThat(missing(policy, byBen, yes("admin", CLI, 1))).isEmpty();
        assertThat(missing(policy, byAdminAsBen, yes("admin", CLI, 1))).isPresent();
        assertThat(missing(policy, byAdminAsBen, yes("ben", CLI, 1))).isPresent();
        assertThat(missing(policy, byAdminAsSomebody, yes("admin", CLI, 1))).isPresent();
        assertThat(missing(policy, byAdminAsSomebody, yes("ben", CLI, 1))).isEmpty();
    }

    @Test
    void the_first_rule_that_matches_decides_even_where_a_later_one_is_milder() {
        var policy =
                policy(
                        PEOPLE
                                + """
                                rules:
                                - {match: "*/production", severity: [destructive], by: [dba]}
                                - {match: "*/*", by: [cleo]}
                                """);
        var both = merged(plan(PRODUCTION, creating(), removing()));

        var judgement =
                policy.judge(both, List.of(yes("cleo", CLI, 2)), new TreeSet<>(Set.of("c1", "c2")));

        assertThat(judgement.tallies()).extracting(Tally::enough).containsExactly(true, false);
        assertThat(judgement.missing())
                .contains("c2: 0 of 1 approvals; one more of dba; not counted: cleo is not of dba");
    }

    @Test
    void a_fork_is_approved_by_nobody_before_it_is_merged_whatever_the_policy_says() {
        for (var policy :
                List.of(
                        Policy.BUILT_IN,
                        policy(
                                PEOPLE
                                        + "rules: [{match: '*/*', by: [dba, admin], author: true}]"))) {
            var foreign = proposed(plan(STAGING, creating()), true);
            var own = proposed(plan(STAGING, creating()), false);

            assertThat(missing(policy, foreign, yes("admin", CLI, 1)))
                    .contains("it comes from a fork (#7), and can be approved once it is merged");
            assertThat(missing(policy, own, yes("admin", CLI, 1))).isEmpty();
        }
    }

    @Test
    void base_means_merged_or_asked_for() {
        var policy =
                policy(PEOPLE + "rules: [{name: prod, match: '*/*', by: [dba], branch: base}]");

        assertThat(missing(policy, proposed(plan(STAGING, creating()), false), yes("ben", CLI, 1)))
                .contains("the rule `prod` lets it be approved only once #7 is merged");
        assertThat(missing(policy, merged(plan(STAGING, creating())), yes("ben", CLI, 1)))
                .isEmpty();
        assertThat(missing(policy, asked("cleo", "cleo"), yes("ben", CLI, 1))).isEmpty();
    }

    @Test
    void a_review_counts_only_where_the_policy_says_so() {
        var silent = policy(PEOPLE + "rules: [{match: '*/*', by: [dba]}]");
        var any = policy(PEOPLE + "rules: [{match: '*/*', by: [dba], channels: [any]}]");

        assertThat(missing(silent, REMOVAL, yes("ben", REVIEW, 1))).isPresent();
        assertThat(missing(any, REMOVAL, yes("ben", REVIEW, 1))).isEmpty();
    }

    @Test
    void a_tokens_group_counts_like_the_policys_own_but_none_is_a_forges_right() {
        var policy =
                policy(
                        """
                        groups: {platform: []}
                        rules: [{match: "*/*", by: [platform, forge-admin]}]
                        """);

        assertThat(missing(policy, REMOVAL, yes("oidc:eve", CLI, 1, "platform"))).isEmpty();
        assertThat(missing(policy, REMOVAL, yes("oidc:eve", CLI, 1, "forge-admin"))).isPresent();
        assertThat(missing(policy, REMOVAL, yes("github:eve", COMMENT, 1, "forge-admin")))
                .isEmpty();
    }

    @Test
    void a_yes_over_a_channel_that_there_is_no_longer_does_not_count() {
        var telegraph = new Assent("ben", "telegraph", Trial.NOON, new TreeSet<>(Set.of("c1")));

        assertThat(missing(Policy.BUILT_IN, REMOVAL, telegraph)).isPresent();
    }

    @Test
    void whoever_may_say_yes_to_any_of_it_may_say_no_and_so_may_its_author() {
        var policy =
                policy(
                        PEOPLE
                                + "rules: [{match: '*/*', severity: [safe], by: [dba], channels: [cli]}]");
        var matter = merged(plan(PRODUCTION, creating(), removing()), "email:cleo@example.org");

        assertThat(policy.mayReject(matter, speaker("ben", COMMENT))).isEmpty();
        assertThat(policy.mayReject(matter, speaker("cleo", CLI))).isEmpty();
        assertThat(policy.mayReject(matter, speaker("admin", CLI))).isEmpty();
        assertThat(policy.mayReject(matter, speaker("github:eve", COMMENT)))
                .hasValueSatisfying(
                        it -> assertThat(it).startsWith("github:eve may not reject p-"));
    }

    @Test
    void one_address_is_one_persons_at_an_identity_provider_and_in_Git() {
        var policy =
                policy(
                        PEOPLE
                                + "rules: [{match: '*/*', by: [dba, 'oidc:dba', token-approve], approvals: 2}]");
        var byAda = merged(plan(PRODUCTION, removing()), "email:ada@example.org");
        var byDora = merged(plan(PRODUCTION, removing()), "email:dora@example.org");
        var ada = yes("oidc:Ada@example.org", CLI, 1, "oidc:dba");
        var dora = yes("oidc:dora@example.org", CLI, 1, "oidc:dba");

        assertThat(missing(policy, byAda, ada, yes("ben", CLI, 1)))
                .hasValueSatisfying(it -> assertThat(it).contains("ada is an author"));
        assertThat(missing(policy, byDora, ada, yes("ada", CLI, 1))).isPresent();
        assertThat(missing(policy, byDora, dora, yes("ben", CLI, 1)))
                .hasValueSatisfying(
                        it -> assertThat(it).contains("oidc:dora@example.org is an author"));
        assertThat(missing(policy, byDora, ada, yes("ben", CLI, 1))).isEmpty();
    }

    @Test
    void who_proposes_what_others_want_too_takes_it_from_nobody() {
        var policy = policy(PEOPLE + "rules: [{match: '*/*', by: [dba]}]");
        var fork = new Wanted.Head("platform", "refs/pull/7/head", "#7", true);
        var branch = new Wanted.Head("platform", "refs/heads/feature/x", "feature/x", false);
        var eve = speaker("github:eve", COMMENT);

        assertThat(policy.mayReject(byEve(false, fork), eve)).isEmpty();
        assertThat(policy.mayReject(byEve(false, branch, fork), eve)).isPresent();
        assertThat(policy.mayReject(byEve(true, fork), eve)).isPresent();
        assertThat(policy.mayReject(byEve(true), eve)).isPresent();
    }

    private static Matter byEve(boolean merged, Wanted.Head... heads) {
        return new Matter(
                plan(PRODUCTION, creating()),
                new Wanted(merged, List.of(heads), new TreeSet<>(Set.of("github:eve"))),
                Optional.empty());
    }

    @Test
    void the_sample_means_what_its_comments_say() throws IOException {
        var policy = policy(Files.readString(Path.of("../samples/policy.yml")));
        var removal = merged(plan(PRODUCTION, removing()), "email:cleo@example.org");

        assertThat(missing(policy, removal, yes("ada", CLI, 1), yes("ben", CLI, 1))).isPresent();
        assertThat(missing(policy, removal, yes("ada", CLI, 1), yes("github:ben-b", COMMENT, 1)))
                .isEmpty();
        assertThat(policy.opening(removal, Set.of("c1"), Trial.NOON))
                .isEqualTo(
                        new Opening.Later(
                                Instant.parse("2026-11-28T21:00:00Z"),
                                "the window is closed (`0 0 22 ? * SAT` for 4h, Europe/Berlin)"));
        assertThat(missing(policy, merged(plan(STAGING, creating())), yes("cleo", CLI, 1)))
                .isEmpty();
        assertThat(
                        policy.opening(
                                merged(plan(PRODUCTION, creating())),
                                Set.of("c1"),
                                Instant.parse("2026-12-24T18:00:00Z")))
                .isEqualTo(
                        new Opening.Later(
                                Instant.parse("2027-01-07T07:00:00Z"),
                                "*/production is frozen until 2027-01-07T07:00:00Z: nobody is here at the turn of the year"));
    }

    private static Matter asked(String who, String person) {
        return new Matter(
                plan(PRODUCTION, removing()),
                new Wanted(false, List.of(), new TreeSet<>()),
                Optional.of(Trial.asked(who, person)));
    }

    private static Speaker speaker(String person, Channel channel) {
        return new Speaker(person, person, new TreeSet<>(), channel, Optional.empty());
    }

    private static Optional<String> missing(Policy policy, Matter matter, Assent... yeses) {
        return policy.judge(matter, List.of(yeses), Set.of("c1")).missing();
    }
}
