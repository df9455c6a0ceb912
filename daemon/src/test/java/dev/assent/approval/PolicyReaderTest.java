package dev.assent.approval;

import static dev.assent.approval.Trial.policy;
import static dev.assent.approval.Trial.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.manifest.Code;
import dev.assent.manifest.Problem;
import dev.assent.manifest.ProblemText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyReaderTest {

    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE2fJ0cWkVbGmTbJ0b3dq8mD2r1xT0g8n0l5p3v2s7aB";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{match: production, by: [ada]}           | an application is matched as APP/ENVIRONMENT",
                "{match: '*/*', by: [dbas]}               | there is no person or group `dbas`; there is ada, admin, ben, dba, and what a forge or a token tells: forge-admin, forge-maintain, forge-write, token-approve, oidc:GROUP",
                "{match: '*/*', by: [forge-owner]}        | there is no person or group `forge-owner`",
                "{match: '*/*', by: []}                   | by",
                "{match: '*/*'}                           | by",
                "{match: '*/*', by: [ada], approvals: 2}  | 2 people have to say yes, and only 1 may: ada",
                "{match: '*/*', by: [dba], approvals: 0}  | approvals",
                "{match: '*/*', by: [dba], approvals: 2.0} | write a number in plain digits",
                "{match: '*/*', by: [dba], proofs: 2, channels: [cli, api]} | 2 kinds of channel are wanted, and `channels` has only 1",
                "{match: '*/*', by: [dba], channels: [mail]}  | channels",
                "{match: '*/*', by: [dba], severity: [bad]}   | severity",
                "{match: '*/*', by: [dba], actions: [remove-grop]} | remove-group",
                "{match: '*/*', by: [dba], branch: main}  | branch",
                "{match: '*/*', by: [dba], window: {cron: '0 22 * * 6', for: 4h}} | begins with the seconds",
                "{match: '*/*', by: [dba], window: {cron: '0 0 25 ? * SAT', for: 4h}} | is no cron expression as Quartz reads them",
                "{match: '*/*', by: [dba], window: {cron: '0 0 22 * * SAT', for: 4h}} | is no cron expression as Quartz reads them",
                "{match: '*/*', by: [dba], window: {cron: 'x', for: 4h}} | is no cron expression as Quartz reads them",
                "{match: '*/*', by: [dba], window: {cron: '0 0 22 ? * SAT', for: long}} | a time is a number",
                "{match: '*/*', by: [dba], window: {cron: '0 0 22 ? * SAT', for: 4h, zone: CEST}} | there is no time zone `CEST`",
            })
    void what_is_wrong_with_a_rule_is_said_where_it_stands(String rule, String says) {
        var problems =
                problems(
                        """
                        people: {ada: {}, ben: {}}
                        groups: {dba: [ada, ben]}
                        rules:
                        - %s
                        """
                                .formatted(rule));

        assertThat(problems).isNotEmpty();
        assertThat(problems.getFirst().place().line()).isEqualTo(4);
        assertThat(problems.getFirst().toString()).contains(says);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "people: {ada: {github: x}, ben: {github: X}}           | the login `github:x` is `ada`'s already",
                "people: {ada: {emails: [a@b]}, ben: {emails: [A@b]}}   | the address `a@b` is `ada`'s already",
                "people: {ada: {oidc: x}, ben: {oidc: x}}               | the subject `x` is `ada`'s already",
                "people: {ada: {pgp_keys: [/k]}, ben: {pgp_keys: [/k]}} | the key file `/k` is `ada`'s already",
                "people: {ada: {pgp_keys: [k.asc]}}                     | whole path",
                "people: {ada: {ssh_keys: [AAAA]}}                      | a public SSH key is a type and the key itself",
                "people: {ada: {emails: [ada]}}                         | an e-mail address",
                "people: {ada: {mail: a@b}}                             | mail",
                "people: {admin: {}}                                    | `admin` is nobody in particular",
                "people: {'github:eve': {}}                             | a person's name is made of letters",
                "people: {dba: {}} NL groups: {dba: []}                   | a person is called `dba` too",
                "groups: {forge-admin: []}                              | are the rights that a forge knows of",
                "groups: {token-approve: []}                            | is a token's scope",
                "people: {token-approve: {}}                            | is a token's scope",
                "people: {forge-write: {}}                              | are the rights that a forge knows of",
                "people: {a: {oidc: A@x.org}, b: {oidc: a@x.org}}       | is `a`'s already",
                "groups: {dba: [ada]}                                   | there is no person `ada`; there is nobody yet",
                "zone: Mars                                             | there is no time zone `Mars`",
                "freezes: [{match: '*/*', from: 2026-12-20T18:00, until: 2026-12-20T17:00, reason: x}] | a freeze ends later than it begins",
                "freezes: [{match: '*/*', from: 2026-12-20, until: 2026-12-21T17:00, reason: x}] | `from` is a day and a time",
                "freezes: [{match: '*/*', from: 2026-12-20T18:00, until: 2027-12-20T17:00}] | reason",
            })
    void what_is_wrong_with_people_and_freezes_is_said(String text, String says) {
        var problems = problems(text.replace(" NL ", "\n") + "\nrules: []\n");

        assertThat(problems).extracting(Problem::toString).anyMatch(it -> it.contains(says));
    }

    @Test
    void one_key_is_one_persons_whatever_stands_behind_it() {
        var problems =
                problems(
                        """
                        people:
                          ada: {ssh_keys: ["%1$s ada@laptop"]}
                          ben: {ssh_keys: ["%1$s ben@desk"]}
                        rules: []
                        """
                                .formatted(KEY));

        assertThat(problems)
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.place().line()).isEqualTo(3);
                    assertThat(it.message()).contains("is `ada`'s already");
                });
    }

    @Test
    void a_mistake_is_shown_with_its_line_and_a_caret() {
        var problem =
                problems("people: {ada: {}}\nrules:\n- {match: '*/*', by: [aba]}\n").getFirst();

        assertThat(ProblemText.of(problem))
                .startsWith("policy.yml:3:23  ASN1204  there is no person or group `aba`")
                .contains("   3 │ - {match: '*/*', by: [aba]}\n", "^^^");
    }

    @Test
    void a_rule_that_never_counts_is_warned_of() {
        var problems =
                problems(
                        """
                        people: {ada: {}}
                        rules:
                        - {name: all, match: "*/*", by: [ada]}
                        - {name: lost, match: "*/production", severity: [destructive], by: [ada]}
                        """);

        assertThat(problems)
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.code()).isEqualTo(Code.NO_EFFECT);
                    assertThat(it.message())
                            .isEqualTo(
                                    "the rule `lost` never counts: `all` before it matches all that it matches");
                });
    }

    @Test
    void a_person_is_found_by_what_they_are_known_by() {
        var people =
                policy(
                                """
                                people:
                                  ada: {github: Ada-L, gitea: ada, emails: [ada@example.org], oidc: "4711", ssh_keys: ["%s laptop"]}
                                  ben: {gitlab: ada-l}
                                rules: []
                                """
                                        .formatted(KEY))
                        .people();

        assertThat(people.withLogin("github:ada-L")).map(Person::name).contains("ada");
        assertThat(people.withLogin("gitlab:ada-l")).map(Person::name).contains("ben");
        assertThat(people.withLogin("github:ben")).isEmpty();
        assertThat(people.withLogin("ada")).isEmpty();
        assertThat(people.withEmail("ADA@example.org")).map(Person::name).contains("ada");
        assertThat(people.withOidc("4711")).map(Person::name).contains("ada");
        assertThat(people.named("ada").orElseThrow().sshKeys()).containsExactly(KEY);
        assertThat(people.person("github:Eve")).isEqualTo("github:eve");
    }
}
