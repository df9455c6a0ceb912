package dev.assent.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.configuration.NotificationSettings.Medium;
import dev.assent.configuration.NotificationSettings.Smtp;
import dev.assent.configuration.NotificationSettings.Tls;
import dev.assent.manifest.Problem;
import dev.assent.model.ApplicationName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotificationSettingsTest {

    @Test
    void the_sample_tells_three_in_three_ways() throws IOException {
        var all = valid(Files.readString(Path.of("../samples/assent.yml")));

        assertThat(all)
                .extracting(NotificationSettings::name)
                .containsExactly("ops", "audit-log", "on-call");
        var ops = all.get(0);
        assertThat(ops.concerns(new ApplicationName("shop", "production"))).isTrue();
        assertThat(ops.concerns(new ApplicationName("shop", "staging"))).isFalse();
        assertThat(ops.events())
                .containsExactly(
                        NewsEvent.PLAN_READY,
                        NewsEvent.WAITING,
                        NewsEvent.APPLIED,
                        NewsEvent.FAILED);
        assertThat(all.get(1).events()).containsExactly(NewsEvent.values());
        assertThat(all.get(1).remindAfter()).isEqualTo(Duration.ofHours(24));
        assertThat(all.get(2).medium())
                .isEqualTo(
                        new Medium.Email(
                                "assent@example.org",
                                List.of("on-call@example.org"),
                                new Smtp(
                                        "mail.example.org",
                                        587,
                                        Tls.STARTTLS,
                                        Optional.of("assent"),
                                        Optional.of(Path.of("/etc/assent/smtp.password")))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type: pigeon                                              | pigeon",
                "type: webhook                                             | a `url`, or to the one in a `url_file`",
                "type: webhook, url: 'http://a', url_file: /b              | a `url`, or to the one in a `url_file`",
                "type: webhook, url: 'ftp://a.example'                     | http:// or https:// URL",
                "type: webhook, url: 'file:///etc/passwd'                  | http:// or https:// URL",
                "type: webhook, url: 'http://me:hush@a.example/'           | without user or password",
                "type: webhook, url: 'http://a.example', events: [lunch]   | lunch",
                "type: webhook, url: 'http://a.example', events: []        | events",
                "type: webhook, url: 'http://a.example', match: production | APP/ENVIRONMENT",
                "type: webhook, url: 'http://a.example', remind_after: 0s  | a time is a number",
                "type: webhook, url: 'http://a.example', template: '{x}'   | there is no `{x}` to put in; there is {application}, {app}",
                "type: webhook, url: 'http://a.example', template: '{url}' | `{url}` is what `link` says",
                "type: webhook, url: 'http://a.example', link: '{plan}'    | a link is an http:// or https:// URL",
                "type: webhook, url: 'http://a.example', link: 'http://a/{who}' | there is no `{who}`",
                "type: webhook, url: 'http://a.example', to: [a@b.example] | belongs to a notification of type `email`",
                "type: slack, url_file: /a, secret_file: /b                | only a `webhook` is signed",
                "type: slack, url: 'https://hooks.example.org/hush'        | put it into a file",
                "type: email                                               | needs `smtp`",
                "type: email, url_file: /a                                 | means nothing to a notification by e-mail",
                "type: email, from: 'a b@c.example'                        | an e-mail address is plain",
                "type: email, from: 'A <a@b.example>'                      | an e-mail address is plain",
                "type: email, to: [\"a@b.example\\r\\nBcc: x@y.example\"]  | an e-mail address is plain",
                "type: email, smtp: {host: a, user: b}                     | go together",
                "type: email, smtp: {host: a, tls: none, user: b, password_file: /c} | not sent without encryption",
                "type: email, smtp: {host: a, port: 0}                     | port",
            })
    void what_is_wrong_is_said_at_its_line_all_of_it(String settings, String says) {
        var problems = problems("{name: ops, " + settings + "}");

        assertThat(problems)
                .isNotEmpty()
                .allSatisfy(it -> assertThat(it.place().line()).isEqualTo(3));
        assertThat(problems).extracting(Problem::message).anyMatch(it -> it.contains(says));
        assertThat(problems.toString()).doesNotContain("hush");
    }

    @Test
    void two_of_one_name_are_one_too_many() {
        var one = "{name: ops, type: webhook, url: 'http://a.example'}";

        assertThat(problems(one + "\n- " + one))
                .extracting(Problem::message)
                .containsExactly("another notification is called `ops` too");
    }

    @Test
    void a_url_is_shown_nowhere() {
        var all = valid(file("{name: ops, type: webhook, url: 'http://hooks.example.org/hush'}"));

        assertThat(all.toString()).doesNotContain("hush");
    }

    private static String file(String notification) {
        return """
        repositories: [{name: a, url: "file:///srv/a.git"}]
        notifications:
        - %s
        """
                .formatted(notification);
    }

    private static List<NotificationSettings> valid(String text) {
        return switch (read(text)) {
            case ConfigurationReading.Valid(var it) -> it.notifications();
            case ConfigurationReading.Invalid(var it) -> throw new AssertionError(it.toString());
        };
    }

    private static List<Problem> problems(String notification) {
        return switch (read(file(notification))) {
            case ConfigurationReading.Valid _ -> List.of();
            case ConfigurationReading.Invalid(var it) -> it;
        };
    }

    private static ConfigurationReading read(String text) {
        return new ConfigurationReader().read("assent.yml", text.getBytes(StandardCharsets.UTF_8));
    }
}
