package dev.assent.approval;

import static dev.assent.approval.Trial.PRODUCTION;
import static dev.assent.approval.Trial.STAGING;
import static dev.assent.approval.Trial.creating;
import static dev.assent.approval.Trial.merged;
import static dev.assent.approval.Trial.plan;
import static dev.assent.approval.Trial.policy;
import static dev.assent.approval.Trial.protecting;
import static dev.assent.approval.Trial.removing;
import static dev.assent.approval.Trial.settingPrimary;
import static dev.assent.approval.Trial.yes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.plan.Plan;
import dev.assent.state.Assent;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who can do what from where: each combination has its answer in a table.
class PolicyMatrixTest {

    private static final Policy POLICY =
            policy(
                    """
                    people:
                      ada: {github: ada-l, emails: [ada@example.org]}
                      ben: {github: ben-b}
                      cleo: {github: cleo}
                    groups: {dba: [ada, ben], developers: [cleo]}
                    rules:
                    - match: "*/production"
                      severity: [destructive]
                      by: [dba, forge-admin]
                      channels: [cli, comment, tag]
                    - match: "*/production"
                      actions: [set-primary]
                      by: [developers, dba]
                      author: true
                      channels: [any]
                    - match: "*/production"
                      actions: [create-group]
                      by: [dba, forge-admin, admin]
                    """);

    /// `y` where the yes alone approves the change; in the order of the channels: cli, api,
    /// dashboard, comment, review, commit, tag.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "create-group   production | admin       | y y y y - y y",
                "create-group   production | dba         | y y y y - y y",
                "create-group   production | member      | - - - - - - -",
                "create-group   production | author      | - - - - - - -",
                "create-group   production | stranger    | - - - - - - -",
                "create-group   production | forge-admin | - - - y - - -",
                "set-primary    production | admin       | - - - - - - -",
                "set-primary    production | dba         | y y y y y y y",
                "set-primary    production | member      | y y y y y y y",
                "set-primary    production | author      | y y y y y y y",
                "set-primary    production | stranger    | - - - - - - -",
                "set-primary    production | forge-admin | - - - - - - -",
                "remove-group   production | admin       | - - - - - - -",
                "remove-group   production | dba         | y - - y - - y",
                "remove-group   production | member      | - - - - - - -",
                "remove-group   production | author      | - - - - - - -",
                "remove-group   production | stranger    | - - - - - - -",
                "remove-group   production | forge-admin | - - - y - - -",
                "set-protection production | admin       | - - - - - - -",
                "set-protection production | dba         | - - - - - - -",
                "set-protection production | member      | - - - - - - -",
                "set-protection production | author      | - - - - - - -",
                "set-protection production | stranger    | - - - - - - -",
                "set-protection production | forge-admin | - - - - - - -",
                "create-group   staging    | admin       | - - - - - - -",
                "create-group   staging    | dba         | - - - - - - -",
                "create-group   staging    | member      | - - - - - - -",
                "create-group   staging    | author      | - - - - - - -",
                "create-group   staging    | stranger    | - - - - - - -",
                "create-group   staging    | forge-admin | - - - - - - -",
            })
    void a_policy_answers_as_its_table_says(String change, String role, String expected) {
        assertThat(answers(POLICY, change, role)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "create-group   production | admin       | y y y - - - -",
                "remove-group   production | admin       | y y y - - - -",
                "set-protection production | admin       | y y y - - - -",
                "create-group   staging    | admin       | y y y - - - -",
                "create-group   production | dba         | - - - - - - -",
                "remove-group   production | dba         | - - - - - - -",
                "create-group   production | member      | - - - - - - -",
                "create-group   production | author      | - - - - - - -",
                "create-group   production | stranger    | - - - - - - -",
                "create-group   production | forge-admin | - - - - - - -",
                "remove-group   production | forge-admin | - - - - - - -",
            })
    void without_a_policy_the_admin_token_may_everything_and_nobody_else_anything(
            String change, String role, String expected) {
        assertThat(answers(Policy.BUILT_IN, change, role)).isEqualTo(expected);
    }

    private static String answers(Policy policy, String change, String role) {
        var matter = merged(planned(change.split(" +")), "email:Ada@example.org");
        var answers =
                Stream.of(Channel.values())
                        .map(channel -> said(role, channel))
                        .map(it -> policy.judge(matter, List.of(it), Set.of("c1")).enough())
                        .map(enough -> enough ? "y" : "-")
                        .toList();
        return String.join(" ", answers);
    }

    private static Plan planned(String[] words) {
        var application = words[1].equals("staging") ? STAGING : PRODUCTION;
        return switch (words[0]) {
            case "create-group" -> plan(application, creating());
            case "set-primary" -> plan(application, settingPrimary());
            case "remove-group" -> plan(application, removing());
            case "set-protection" -> plan(application, protecting());
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private static Assent said(String role, Channel channel) {
        return switch (role) {
            case "admin" -> yes("admin", channel, 1);
            // At the forge somebody is known by a login.
            case "dba" -> yes(byForge(channel) ? "github:Ben-B" : "ben", channel, 1);
            case "member" -> yes("cleo", channel, 1);
            case "author" -> yes(byForge(channel) ? "github:ada-l" : "ada", channel, 1);
            case "stranger" -> yes("github:eve", channel, 1, "forge-write");
            case "forge-admin" -> yes("github:mallory", channel, 1, "forge-admin");
            default -> throw new IllegalArgumentException(role);
        };
    }

    private static boolean byForge(Channel channel) {
        return channel.proof() == Channel.Proof.FORGE;
    }
}
