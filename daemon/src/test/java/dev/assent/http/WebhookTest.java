package dev.assent.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.state.SecretKeyFile;
import dev.assent.state.Store;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Webhooks, as the forges send them, over a real server and a real store.
class WebhookTest {

    /// GitHub's documentation checks its signatures with these three.
    private static final String SECRET = "It's a Secret to Everybody";

    private static final byte[] BODY = "Hello, World!".getBytes(UTF_8);
    private static final String SIGNATURE =
            "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

    /// The Standard Webhooks' own example.
    private static final String SIGNING = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final byte[] STANDARD_BODY = "{\"test\": 2432232314}".getBytes(UTF_8);
    private static final Instant STANDARD_TIME = Instant.ofEpochSecond(1_614_265_330);

    @TempDir Path folder;
    private final List<String> looked = new CopyOnWriteArrayList<>();
    private volatile Instant now = STANDARD_TIME;
    private Store store;
    private Door door;

    @BeforeEach
    void open() throws Exception {
        store =
                Store.open(
                        folder.resolve("assent.db"),
                        SecretKeyFile.readOrCreate(folder.resolve("secret.key")),
                        () -> now);
        var webhooks =
                Webhooks.of(
                        Map.of(
                                "platform",
                                secret(SECRET),
                                "lab",
                                secret("old-" + SIGNING, SIGNING)),
                        store.deliveries()::isNew,
                        looked::add,
                        () -> now);
        door =
                new Door(
                        folder.resolve("run"),
                        new FakeDesk(),
                        new Listen("127.0.0.1", 0),
                        Optional.empty(),
                        webhooks);
    }

    @AfterEach
    void close() {
        door.close();
        store.close();
    }

    private Path secret(String... lines) throws Exception {
        return Files.write(Files.createTempFile(folder, "webhook", ".secret"), List.of(lines));
    }

    @Test
    void GitHub_signs_with_a_prefixed_hexadecimal_HMAC() throws Exception {
        var answer =
                send(BODY, "X-Hub-Signature-256", "sha256=" + SIGNATURE, "X-GitHub-Delivery", "1");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(Door.json(answer).path("status").asString()).isEqualTo("accepted");
        assertThat(looked).containsExactly("platform");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Gitea-Signature", "X-Forgejo-Signature"})
    void Gitea_and_Forgejo_sign_with_a_bare_hexadecimal_HMAC(String header) throws Exception {
        assertThat(send(BODY, header, SIGNATURE).statusCode()).isEqualTo(202);
        assertThat(looked).containsExactly("platform");
    }

    @Test
    void Gitea_sends_GitHubs_headers_beside_its_own() throws Exception {
        var answer =
                send(
                        BODY,
                        "X-Gitea-Delivery",
                        "f6266f16-1bf3-46a5-9ea4-602e06ead473",
                        "X-Gitea-Event",
                        "push",
                        "X-Gitea-Signature",
                        SIGNATURE,
                        "X-GitHub-Delivery",
                        "f6266f16-1bf3-46a5-9ea4-602e06ead473",
                        "X-Hub-Signature-256",
                        "sha256=" + SIGNATURE);

        assertThat(answer.statusCode()).isEqualTo(202);
    }

    @Test
    void GitLab_sends_the_secret_or_signs_as_Standard_Webhooks() throws Exception {
        assertThat(send(BODY, "X-Gitlab-Token", SECRET, "X-Gitlab-Event-UUID", "1").statusCode())
                .isEqualTo(202);
        assertThat(standard("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=").statusCode())
                .isEqualTo(202);
        assertThat(looked).containsExactly("platform", "lab");
    }

    @Test
    void of_several_standard_signatures_one_is_enough_within_five_minutes() throws Exception {
        var genuine = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

        now = STANDARD_TIME.plusSeconds(301);
        assertThat(standard(genuine).statusCode()).isEqualTo(401);
        now = STANDARD_TIME.minusSeconds(301);
        assertThat(standard(genuine).statusCode()).isEqualTo(401);
        now = STANDARD_TIME.plusSeconds(300);
        assertThat(standard("v1,AAAA v2," + genuine.substring(3)).statusCode()).isEqualTo(401);
        assertThat(standard("v1a,x v1,AAAA " + genuine).statusCode()).isEqualTo(202);
    }

    private HttpResponse<String> standard(String signature) throws Exception {
        return door.webhook(
                "/webhooks/lab",
                STANDARD_BODY,
                "webhook-id",
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                "webhook-timestamp",
                "1614265330",
                "webhook-signature",
                signature);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Hub-Signature-256: sha256=0000000000000000000000000000000000000000000000000000000000000000",
                "X-Hub-Signature-256: SIGNATURE",
                "X-Hub-Signature-256: sha1=SIGNATURE",
                "X-Hub-Signature-256: sha256=",
                "X-Hub-Signature-256: sha256=SIGNATURE0",
                "X-Hub-Signature: sha256=SIGNATURE",
                "X-Gitea-Signature: sha256=SIGNATURE",
                "X-Gitea-Signature: 0",
                "X-Gitlab-Token: SIGNATURE",
                "X-Gitlab-Token: It's a Secret to Everybod",
                "webhook-signature: v1,SIGNATURE",
                "X-Event: push",
            })
    void what_is_signed_otherwise_is_refused_and_does_nothing(String header) throws Exception {
        var parts = header.replace("SIGNATURE", SIGNATURE).split(": ");

        var answer = send(BODY, parts[0], parts[1]);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).doesNotContain(SECRET);
        assertThat(looked).isEmpty();
    }

    @Test
    void a_wrong_signature_is_not_rescued_by_another_that_is_right() throws Exception {
        var answer = send(BODY, "X-Hub-Signature-256", "sha256=00", "X-Gitea-Signature", SIGNATURE);

        assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void a_changed_body_is_refused() throws Exception {
        var answer =
                send("Hello, World?".getBytes(UTF_8), "X-Hub-Signature-256", "sha256=" + SIGNATURE);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(looked).isEmpty();
    }

    @Test
    void nobody_learns_which_repositories_there_are() throws Exception {
        var known = send(BODY, "X-Hub-Signature-256", "sha256=00");
        var unknown =
                door.webhook(
                        "/webhooks/nothing", BODY, "X-Hub-Signature-256", "sha256=" + SIGNATURE);
        var odd = door.webhook("/webhooks/..%2fplatform", BODY, "X-Hub-Signature-256", "sha256=00");

        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(unknown.body()).isEqualTo(known.body());
        assertThat(odd.statusCode()).isIn(400, 401);
        assertThat(looked).isEmpty();
    }

    @Test
    void a_webhook_that_comes_again_is_answered_and_does_nothing() throws Exception {
        String[] headers = {"X-Hub-Signature-256", "sha256=" + SIGNATURE, "X-GitHub-Delivery", "1"};
        send(BODY, headers);

        var again = send(BODY, headers);
        headers[3] = "another id, which no signature covers";
        var renamed = send(BODY, headers);

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(Door.json(again).path("status").asString()).isEqualTo("repeated");
        assertThat(renamed.statusCode()).isEqualTo(200);
        assertThat(looked).hasSize(1);
    }

    @Test
    void one_that_was_forged_does_not_keep_the_genuine_one_out() throws Exception {
        send(BODY, "X-Hub-Signature-256", "sha256=00", "X-GitHub-Delivery", "1");

        var genuine =
                send(BODY, "X-Hub-Signature-256", "sha256=" + SIGNATURE, "X-GitHub-Delivery", "1");

        assertThat(genuine.statusCode()).isEqualTo(202);
    }

    @Test
    void a_body_may_have_a_mebibyte_and_no_more_and_need_not_be_JSON() throws Exception {
        var full = new byte[1024 * 1024];
        var larger = new byte[1024 * 1024 + 1];

        assertThat(send(full, "X-Hub-Signature-256", "sha256=" + hmac(full)).statusCode())
                .isEqualTo(202);
        assertThat(send(larger, "X-Hub-Signature-256", "sha256=" + hmac(larger)).statusCode())
                .isEqualTo(413);
        assertThat(looked).hasSize(1);
    }

    @Test
    void two_secrets_count_while_one_takes_the_others_place() throws Exception {
        assertThat(door.webhook("/webhooks/lab", BODY, "X-Gitlab-Token", "old-" + SIGNING))
                .extracting(HttpResponse::statusCode)
                .isEqualTo(202);
    }

    @Test
    void webhooks_come_in_under_the_names_that_are_configured() throws Exception {
        assertThat(raw("assent.example.org")).startsWith("HTTP/1.1 202 ");
        assertThat(raw("evil.example.org")).startsWith("HTTP/1.1 421 ");
    }

    private String raw(String host) throws Exception {
        return door.raw(
                """
                POST /webhooks/platform HTTP/1.1
                Host: %s
                X-Gitlab-Token: %s
                Content-Length: 0
                Connection: close

                """
                        .formatted(host, SECRET));
    }

    @Test
    void a_file_without_a_secret_is_said_before_the_door_opens() throws Exception {
        for (var file : List.of(secret(), secret(" "), secret("short"), secret(SECRET, "short"))) {
            assertThatThrownBy(() -> read(file))
                    .isInstanceOf(ListenException.class)
                    .hasMessageContaining("there is no secret for a webhook in " + file)
                    .hasMessageNotContaining("short")
                    .hasMessageContaining("at least 16 characters");
        }
        assertThatThrownBy(() -> read(folder.resolve("none")))
                .isInstanceOf(ListenException.class)
                .hasMessageContaining("could not read the webhook's secret");
    }

    private static void read(Path file) {
        Webhooks.of(Map.of("shop", file), (_, _) -> true, _ -> {}, () -> Instant.EPOCH);
    }

    private HttpResponse<String> send(byte[] body, String... headers) throws Exception {
        return door.webhook("/webhooks/platform", body, headers);
    }

    private static String hmac(byte[] body) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(body));
    }
}
