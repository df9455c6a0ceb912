package dev.assent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.assent.approval.Channel;
import dev.assent.approval.Speaker;
import dev.assent.configuration.ConfigurationReader;
import dev.assent.configuration.ConfigurationReading;
import dev.assent.configuration.NotificationSettings;
import dev.assent.model.GroupName;
import dev.assent.model.ServerKey;
import dev.assent.model.ServerName;
import dev.assent.provider.Health;
import dev.assent.reconcile.notification.Herald;
import dev.assent.reconcile.notification.Notifications;
import dev.assent.reconcile.notification.Receiver;
import dev.assent.state.Outbox.Letter;
import dev.assent.state.Outbox.Trouble;
import dev.assent.state.PlanState;
import jakarta.mail.Message.RecipientType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What happens in the pipeline reaches people: real Git, a real store, real web and mail servers.
class NotificationTest {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir Path folder;

    private Pipeline pipeline;
    private Receiver receiver;
    private List<NotificationSettings> settings = List.of();
    private Herald herald;
    private Notifications notifications;
    private Postman postman;

    @BeforeEach
    void open() throws Exception {
        pipeline = new Pipeline(folder);
        receiver = new Receiver();
        Files.writeString(folder.resolve("url"), receiver.url() + "\n");
        settings =
                settings(
                        "{name: ops, type: webhook, url: '%s', allow_private: true}"
                                .formatted(receiver.url()));
        notifications = notifications();
        herald = herald();
        postman = postman();
        herald.round();
    }

    @AfterEach
    void close() {
        hush();
        receiver.close();
        pipeline.close();
    }

    @Test
    void from_the_proposal_to_the_end_each_event_is_told_once_and_in_order() throws Exception {
        pipeline.push("main");
        var plan = pipeline.approve(pipeline.plans(PlanState.PROPOSED).getFirst());
        await().until(() -> !pipeline.plans(PlanState.APPLIED).isEmpty());

        deliver();
        deliver();

        assertThat(events()).containsExactly("plan-ready", "approved", "applied");
        assertThat(json(1).path("plan").asString("")).isEqualTo(plan.id());
        assertThat(json(1).path("who").asString("")).isEqualTo("ada");
        assertThat(json(2).path("text").asString(""))
                .isEqualTo(
                        "shop/production: %s is applied: 1 to add, 0 to change, 0 to destroy"
                                .formatted(plan.id()));
        var schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Files.readString(Path.of("../schema/notification.schema.json")));
        assertThat(receiver.posted())
                .allSatisfy(
                        it -> assertThat(schema.validate(it.body(), InputFormat.JSON)).isEmpty());
    }

    @Test
    void what_runs_and_is_not_as_it_is_recorded_is_told_once() throws Exception {
        pipeline.push("main");
        pipeline.approve(pipeline.plans(PlanState.PROPOSED).getFirst());
        await().until(() -> !pipeline.plans(PlanState.APPLIED).isEmpty());
        deliver();
        var before = events().size();
        var server =
                new ServerKey(
                        Pipeline.SHOP,
                        GroupName.parse("postgresql/main").orElseThrow(),
                        new ServerName("main"));
        for (var i = 0; i < 3; i++) {
            var gone = new Lookout.Seen(server, false, Health.missing("it is gone"));
            var records = pipeline.store.records().all();
            var view = new Lookout.View(pipeline.instant(), records, List.of(gone));
            pipeline.reconciler.seen(view);
            pipeline.later(Duration.ofMinutes(1));
        }
        deliver();

        assertThat(events().subList(before, events().size())).containsExactly("drift");
        assertThat(json(before).path("text").asString(""))
                .isEqualTo(
                        "shop/production: what runs is not what is recorded: main of"
                                + " postgresql/main is gone: it is gone");
    }

    @Test
    void a_failure_is_told_with_its_reason_and_a_rejection_with_who() throws Exception {
        pipeline.provider.breakServer("main");
        pipeline.push("main");
        var plan = pipeline.approve(pipeline.plans(PlanState.PROPOSED).getFirst());
        await().until(() -> !pipeline.plans(PlanState.FAILED).isEmpty());
        pipeline.reconciler.reject(
                plan.digest().toString(),
                Speaker.admin("eve", Channel.CLI),
                "<!channel> @all\r\nnot today");

        deliver();

        assertThat(events()).containsExactly("plan-ready", "approved", "failed", "rejected");
        assertThat(json(2).path("detail").asString("")).contains("failed");
        assertThat(json(3).path("text").asString("")).contains("eve").doesNotContain("\n");
    }

    @Test
    void what_happened_before_a_crash_is_told_after_it_and_nothing_twice() throws Exception {
        pipeline.push("main");
        // The plan is stored; whoever was to tell of it is gone.
        restart();
        deliver();
        assertThat(events()).containsExactly("plan-ready");

        // The letter is being sent; how that ended, nobody wrote down.
        pipeline.push("main", "spare");
        herald.round();
        assertThat(pipeline.store.outbox().sending(due().getFirst())).isTrue();
        restart();
        deliver();

        assertThat(events()).containsExactly("plan-ready", "plan-ready");
        restart();
        deliver();
        assertThat(events()).hasSize(2);
    }

    @Test
    void through_an_outage_nothing_is_lost_or_said_twice_and_who_sees_it_twice_can_tell()
            throws Exception {
        receiver.answer(503);
        pipeline.push("main");
        deliver();
        pipeline.push("main", "spare");
        deliver();
        assertThat(events()).containsExactly("plan-ready");

        receiver.answer(200);
        pipeline.later(Duration.ofMinutes(1));
        deliver();
        deliver();

        assertThat(events()).containsExactly("plan-ready", "plan-ready", "plan-ready");
        var ids = receiver.posted().stream().map(it -> it.headers().get("webhook-id")).toList();
        assertThat(ids.get(0)).isEqualTo(ids.get(1)).isNotEqualTo(ids.get(2));
    }

    @Test
    void a_new_notification_hears_of_nothing_that_happened_before() throws Exception {
        pipeline.push("main");
        configure(
                "{name: new, type: webhook, url: '%s', allow_private: true}"
                        .formatted(receiver.url()));
        deliver();
        assertThat(receiver.posted()).isEmpty();

        pipeline.push("main", "spare");
        deliver();

        assertThat(events()).containsExactly("plan-ready");
    }

    @Test
    void only_what_it_wants_to_hear_of_which_applications() throws Exception {
        configure(
                "{name: a, type: webhook, url: '%s', allow_private: true, events: [approved]}"
                        .formatted(receiver.url()));
        pipeline.push("main");
        pipeline.approve(pipeline.plans(PlanState.PROPOSED).getFirst());
        deliver();
        assertThat(events()).containsExactly("approved");

        configure(
                "{name: b, type: webhook, url: '%s', allow_private: true, match: '*/staging'}"
                        .formatted(receiver.url()));
        pipeline.push("main", "spare");
        deliver();
        assertThat(events()).hasSize(1);
    }

    @Test
    void who_waits_is_reminded_of_once_in_each_while_and_after_a_pause_only_of_the_last()
            throws Exception {
        configure(
                "{name: r, type: webhook, url: '%s', allow_private: true, events: [waiting], remind_after: 12h}"
                        .formatted(receiver.url()));
        pipeline.push("main");
        deliver();
        pipeline.later(Duration.ofHours(11));
        deliver();
        assertThat(receiver.posted()).isEmpty();

        pipeline.later(Duration.ofHours(1));
        deliver();
        restart();
        deliver();
        assertThat(details()).containsExactly("for 12 hours");

        herald.round();
        pipeline.later(Duration.ofHours(12));
        herald.round();
        pipeline.later(Duration.ofHours(25));
        deliver();
        assertThat(details()).containsExactly("for 12 hours", "for 2 days");

        pipeline.approve(pipeline.plans(PlanState.PROPOSED).getFirst());
        pipeline.later(Duration.ofDays(2));
        deliver();
        assertThat(receiver.posted()).hasSize(2);
    }

    @Test
    void a_webhook_is_signed_as_Standard_Webhooks_say() throws Exception {
        var key = "a key of its own, long enough".getBytes(StandardCharsets.UTF_8);
        var secret = folder.resolve("secret");
        Files.writeString(secret, "whsec_" + Base64.getEncoder().encodeToString(key) + "\n");
        configure(
                "{name: s, type: webhook, url: '%s', allow_private: true, secret_file: '%s'}"
                        .formatted(receiver.url(), secret));
        pipeline.push("main");
        deliver();

        var posted = receiver.posted().getFirst();
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        var signed =
                posted.headers().get("webhook-id")
                        + "."
                        + posted.headers().get("webhook-timestamp")
                        + "."
                        + posted.body();
        var sum = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
        assertThat(posted.headers().get("webhook-signature"))
                .isEqualTo("v1," + Base64.getEncoder().encodeToString(sum));
        assertThat(posted.headers().get("webhook-timestamp"))
                .isEqualTo(Long.toString(pipeline.instant().getEpochSecond()));
        assertThat(posted.headers().get("content-type")).startsWith("application/json");
    }

    @Test
    void slack_gets_a_text_in_which_nothing_of_what_others_wrote_means_anything() throws Exception {
        configure(
                "{name: s, type: slack, url_file: '%s', allow_private: true, events: [rejected], link: 'https://assent.example.org/{plan}'}"
                        .formatted(folder.resolve("url")));
        pipeline.push("main");
        var plan = pipeline.plans(PlanState.PROPOSED).getFirst();
        pipeline.reconciler.reject(
                plan.id(),
                Speaker.admin("<@U1>", Channel.CLI),
                "<!channel> & `x` https://evil.example");
        deliver();

        assertThat(json(0).propertyNames()).containsExactly("text");
        assertThat(json(0).path("text").asString(""))
                .isEqualTo(
                        "shop/production: %1$s is rejected by `&lt;@U1&gt;`, `by cli: &lt;!channel&gt; &amp; 'x' https://evil.example`\nhttps://assent.example.org/%1$s"
                                .formatted(plan.id()));
    }

    @Test
    void mail_arrives_as_plain_text_and_nobody_can_add_a_header() throws Exception {
        var mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        try {
            configure(
                    "{name: m, type: email, events: [rejected], from: assent@example.org, to: [ops@example.org, on-call@example.org], smtp: {host: 127.0.0.1, port: %s, tls: none}}"
                            .formatted(mail.getSmtp().getPort()));
            pipeline.push("main");
            var plan = pipeline.plans(PlanState.PROPOSED).getFirst();
            pipeline.reconciler.reject(
                    plan.id(),
                    Speaker.admin("eve\r\nBcc: x@evil.example", Channel.CLI),
                    "no\r\n.\r\nMAIL FROM:<x@evil.example>");
            deliver();

            var arrived = mail.getReceivedMessages();
            assertThat(arrived).hasSize(2);
            var message = arrived[0];
            assertThat(message.getSubject())
                    .isEqualTo("shop/production: %s is rejected".formatted(plan.id()));
            assertThat(message.getContentType()).startsWith("text/plain");
            assertThat(message.getHeader("Bcc")).isNull();
            assertThat(message.getRecipients(RecipientType.TO)).hasSize(2);
            assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
            assertThat(message.getHeader("Message-ID")[0]).matches("<msg_[0-9a-f]{32}@assent>");
            assertThat(message.getContent().toString().strip())
                    .isEqualTo(
                            "shop/production: %s is rejected by eve<U+D><U+A>Bcc: x@evil.example, by cli: no<U+D><U+A>.<U+D><U+A>MAIL FROM:<x@evil.example>"
                                    .formatted(plan.id()));
        } finally {
            mail.stop();
        }
    }

    @Test
    void without_the_encryption_that_it_is_to_have_no_mail_is_sent_and_no_server_means_later()
            throws Exception {
        var mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        var text =
                "{name: m, type: email, from: a@example.org, to: [b@example.org], smtp: {host: 127.0.0.1, port: %s, tls: %s}}";
        var port = mail.getSmtp().getPort();
        try {
            configure(text.formatted(port, "starttls"));
            pipeline.push("main");
            deliver();
            assertThat(mail.getReceivedMessages()).isEmpty();
            assertThat(troubles()).hasSize(1);
        } finally {
            mail.stop();
        }
        configure(text.formatted(port, "none"));
        pipeline.later(Duration.ofMinutes(1));
        deliver();
        assertThat(troubles())
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.why()).isEqualTo("no mail server answers");
                    assertThat(it.givenUp()).isFalse();
                });
    }

    @Test
    void a_mail_server_is_signed_in_to_with_the_password_of_the_file() throws Exception {
        var mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        try {
            mail.setUser("assent@example.org", "assent", "right");
            var email =
                    new NotificationSettings.Medium.Email(
                            "assent@example.org",
                            List.of("ops@example.org"),
                            new NotificationSettings.Smtp(
                                    "127.0.0.1",
                                    mail.getSmtp().getPort(),
                                    NotificationSettings.Tls.NONE,
                                    Optional.of("assent"),
                                    Optional.of(folder.resolve("password"))));
            var it = settings.getFirst();
            Files.writeString(folder.resolve("password"), "wrong-and-hushed\n");
            configure(
                    List.of(
                            new NotificationSettings(
                                    "m",
                                    email,
                                    it.events(),
                                    it.match(),
                                    it.template(),
                                    it.link(),
                                    it.remindAfter())));
            pipeline.push("main");
            deliver();
            assertThat(troubles().toString())
                    .contains("does not take user and password")
                    .doesNotContain("hushed");

            Files.writeString(folder.resolve("password"), "right\n");
            pipeline.later(Duration.ofMinutes(1));
            deliver();

            assertThat(mail.getReceivedMessages()).hasSize(1);
        } finally {
            mail.stop();
        }
    }

    @Test
    void no_secret_is_in_what_is_kept_of_a_letter_or_said_of_its_trouble() throws Exception {
        receiver.answer(404);
        configure(
                "{name: s, type: slack, url_file: '%s', allow_private: true}"
                        .formatted(folder.resolve("url")));
        pipeline.push("main");
        deliver();

        assertThat(troubles()).hasSize(1);
        assertThat(troubles().toString() + settings)
                .doesNotContain("hush")
                .doesNotContain("/hooks");
    }

    @Test
    void without_leave_nothing_is_posted_to_the_own_machine() throws Exception {
        configure("{name: s, type: webhook, url: '%s'}".formatted(receiver.url()));
        pipeline.push("main");
        deliver();

        assertThat(receiver.posted()).isEmpty();
        assertThat(troubles().getFirst().why()).contains("127.0.0.1", "allow_private");
    }

    @Test
    void as_the_daemon_runs_it_nobody_has_to_turn_the_crank() throws Exception {
        herald.start();
        postman.start();
        pipeline.push("main");

        await().atMost(Duration.ofSeconds(20)).until(() -> receiver.posted().size() == 1);
        assertThat(events()).containsExactly("plan-ready");
    }

    private void deliver() {
        herald.round();
        postman.round().join();
    }

    private void configure(String notification) {
        configure(settings(notification));
    }

    private static List<NotificationSettings> settings(String notification) {
        var text =
                """
                repositories: [{name: a, url: "file:///srv/a.git"}]
                notifications:
                - %s
                """
                        .formatted(notification);
        var reading =
                new ConfigurationReader().read("assent.yml", text.getBytes(StandardCharsets.UTF_8));
        return switch (reading) {
            case ConfigurationReading.Valid(var it) -> it.notifications();
            case ConfigurationReading.Invalid(var it) -> throw new AssertionError(it.toString());
        };
    }

    private void configure(List<NotificationSettings> settings) {
        hush();
        this.settings = settings;
        speak();
        herald.round();
    }

    /// What a daemon sees that starts after this one ended.
    private void restart() {
        hush();
        pipeline.restart();
        speak();
    }

    private void speak() {
        notifications = notifications();
        herald = herald();
        postman = postman();
    }

    private Notifications notifications() {
        return new Notifications(settings, pipeline);
    }

    private Herald herald() {
        return new Herald(pipeline.store, settings, pipeline);
    }

    private Postman postman() {
        return new Postman(
                pipeline.store.outbox(),
                Map.of(Notifications.PREFIX, notifications::carrier),
                pipeline);
    }

    private void hush() {
        herald.close();
        postman.close();
        notifications.close();
    }

    private List<Letter> due() {
        return pipeline.store.outbox().due(99);
    }

    private List<Trouble> troubles() {
        return pipeline.store.outbox().troubles(99);
    }

    private JsonNode json(int number) {
        return JSON.readTree(receiver.posted().get(number).body());
    }

    private List<String> events() {
        return receiver.posted().stream()
                .map(it -> JSON.readTree(it.body()).path("event").asString(""))
                .toList();
    }

    private List<String> details() {
        return receiver.posted().stream()
                .map(it -> JSON.readTree(it.body()).path("detail").asString(""))
                .toList();
    }
}
