package dev.assent.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.assent.apply.Beginning;
import dev.assent.apply.ScriptedProvider;
import dev.assent.http.Access;
import dev.assent.http.AdminToken;
import dev.assent.http.Client;
import dev.assent.http.Connection;
import dev.assent.http.Listen;
import dev.assent.http.RefusedException;
import dev.assent.http.Reload;
import dev.assent.http.RestServer;
import dev.assent.http.StoreArchive;
import dev.assent.http.StoreDesk;
import dev.assent.http.UnreachableException;
import dev.assent.http.Vitals;
import dev.assent.http.Webhooks;
import dev.assent.http.api.ApproveRequest;
import dev.assent.http.api.PlanSummary;
import dev.assent.http.api.TokenRequest;
import dev.assent.manifest.ManifestReader;
import dev.assent.source.GitSource;
import dev.assent.source.ManifestPattern;
import dev.assent.source.Repository;
import dev.assent.source.Watched;
import dev.assent.state.Assent;
import dev.assent.state.AuditEntry;
import dev.assent.state.SecretKeyFile;
import dev.assent.state.Store;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From a push to an assent with nothing but HTTP: a forge's webhook and a person's token, over a
/// real repository, store and server.
class AccessTest {

    private static final String SECRET = "a secret of the forge's";
    private static final String MANIFEST =
            """
            production:
              postgresql:
                groups:
                  main:
                    configuration: {version: "16"}
                    servers:
                    - server: {unique_name: main-1}
            """;

    @TempDir Path folder;
    private GitRepository git;
    private Store store;
    private Reconciler reconciler;
    private PollJobs jobs;
    private RestServer server;

    @BeforeEach
    void open() throws Exception {
        git = new GitRepository(folder);
        var repositories =
                List.of(
                        new Repository(
                                "platform",
                                git.url(),
                                "main",
                                List.of(new ManifestPattern("apps/{app}/manifest.yml")),
                                List.of("production"),
                                Duration.ofHours(1)));
        var clock = InstantSource.system();
        store =
                Store.open(
                        folder.resolve("assent.db"),
                        SecretKeyFile.readOrCreate(folder.resolve("secret.key")),
                        clock);
        var settings = new TestSettings(new ScriptedProvider());
        settings.beginning = Beginning.ON_COMMAND;
        var source = new GitSource(folder.resolve("mirrors"));
        var manifests = new ManifestReader(System::nanoTime);
        var watched = Watched.only(repositories);
        reconciler = new Reconciler(store, source, manifests, settings, watched, clock);
        jobs =
                new PollJobs(
                        reconciler,
                        repositories,
                        new Pulse(System::nanoTime),
                        new JobStore.Alone(),
                        clock);
        var declarations = new Declarations(store, source, manifests, watched);
        var desk =
                new StoreDesk(
                        store,
                        reconciler,
                        new Supervisor(store, settings),
                        new Delivery(store, declarations, _ -> Optional.empty()),
                        new Externals(store, declarations),
                        new Inquiry(store, declarations, manifests, settings),
                        watched,
                        _ -> new Reload.Taken(List.of()),
                        Vitals.of(Optional::empty),
                        new StoreArchive(store, folder, "test", List::of));
        var secret = Files.writeString(folder.resolve("webhook"), SECRET + "\n");
        var webhooks =
                Webhooks.of(
                        Map.of("platform", secret), store.deliveries()::isNew, jobs::soon, clock);
        var access =
                new Access(Set.of(), AdminToken.readOrCreate(folder), Optional.empty(), webhooks);
        server = RestServer.start(new Listen("127.0.0.1", 0), () -> access, desk);
        jobs.start();
    }

    @AfterEach
    void close() {
        jobs.close();
        server.close();
        reconciler.close();
        store.close();
        git.close();
    }

    @Test
    void a_webhook_has_a_push_planned_and_a_persons_token_approves_it() throws Exception {
        await().until(() -> !store.repositories().all().isEmpty());
        git.push("apps/shop/manifest.yml", MANIFEST);

        assertThat(webhook("{\"ref\": \"refs/heads/main\"}")).isEqualTo(202);
        await().until(() -> plans().size() == 1);
        var plan = plans().getFirst().id();

        String token;
        try (var admin = client(Map.of(), "grace")) {
            token = admin.createToken(token("laptop", "ada", "approve")).token();
        }
        try (var ada = client(Map.of("ASSENT_TOKEN", token), "grace")) {
            ada.approve(
                    plan, new ApproveRequest(Optional.empty(), Optional.empty(), Optional.empty()));
            assertThatThrownBy(() -> ada.createToken(token("more", "ada", "admin")))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("needs the scope `admin`");
        }
        try (var admin = client(Map.of(), "grace")) {
            admin.revokeToken("laptop");
        }
        try (var ada = client(Map.of("ASSENT_TOKEN", token), "ada")) {
            assertThatThrownBy(() -> ada.plans(Optional.empty(), false))
                    .isInstanceOf(UnreachableException.class)
                    .hasMessageContaining("the token `laptop` was revoked");
        }

        assertThat(store.plans().find(plan).orElseThrow().assents())
                .extracting(Assent::who)
                .containsExactly("ada");
        assertThat(store.audit().newest(Optional.empty(), 3))
                .extracting(AuditEntry::what, AuditEntry::who)
                .containsExactly(
                        tuple("token.revoked", "grace"),
                        tuple("plan.approved", "ada"),
                        tuple("token.created", "grace"));
    }

    @Test
    void a_webhook_that_is_not_signed_leaves_a_push_to_the_next_poll() throws Exception {
        await().until(() -> !store.repositories().all().isEmpty());
        git.push("apps/shop/manifest.yml", MANIFEST);

        try (var http = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(server.url().resolve("/webhooks/platform"))
                            .header("X-Hub-Signature-256", "sha256=" + "0".repeat(64))
                            .POST(BodyPublishers.ofString("{}"))
                            .build();
            assertThat(http.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(401);
        }
        // Had it counted, the plan would be there before the one of the webhook that counts.
        assertThat(plans()).isEmpty();
        assertThat(webhook("{}")).isEqualTo(202);
        await().until(() -> plans().size() == 1);
    }

    private int webhook(String body) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
        var signature = HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
        try (var http = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(server.url().resolve("/webhooks/platform"))
                            .header("X-Hub-Signature-256", "sha256=" + signature)
                            .header("X-GitHub-Delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958")
                            .POST(BodyPublishers.ofString(body))
                            .build();
            return http.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    private List<PlanSummary> plans() {
        try (var client = client(Map.of(), "ada")) {
            return client.plans(Optional.empty(), false).plans();
        }
    }

    private static TokenRequest token(String name, String person, String scope) {
        return new TokenRequest(
                Optional.of(name), Optional.of(person), Optional.of(scope), Optional.empty());
    }

    private Client client(Map<String, String> environment, String user) {
        return new Client(
                Connection.find(
                        Optional.of(server.url().toString()), Optional.of(folder), environment),
                Optional.of(user));
    }
}
