package dev.assent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.assent.apply.ScriptedProvider;
import dev.assent.approval.Channel;
import dev.assent.approval.Consent;
import dev.assent.approval.Speaker;
import dev.assent.http.AdminToken;
import dev.assent.http.Client;
import dev.assent.http.Connection;
import dev.assent.http.Listen;
import dev.assent.http.RefusedException;
import dev.assent.http.Reload;
import dev.assent.http.RestServer;
import dev.assent.http.StoreArchive;
import dev.assent.http.StoreDesk;
import dev.assent.http.Vitals;
import dev.assent.http.api.BlameAnswer;
import dev.assent.http.api.RecordReading;
import dev.assent.http.api.WhyAnswer;
import dev.assent.manifest.ManifestReader;
import dev.assent.model.ApplicationName;
import dev.assent.model.GroupAddress;
import dev.assent.model.GroupName;
import dev.assent.plan.Neighbours;
import dev.assent.source.GitSource;
import dev.assent.source.ManifestPattern;
import dev.assent.source.Repository;
import dev.assent.source.Watched;
import dev.assent.state.SecretKeyFile;
import dev.assent.state.Store;
import dev.assent.state.StoredPlan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Questions as they are asked: over HTTP, of a real record that was made from a real repository.
class InquiryTest {

    private static final ApplicationName SHOP = new ApplicationName("shop", "production");
    private static final String MANIFEST = "apps/shop/manifest.yml";

    @TempDir Path folder;

    private final ScriptedProvider provider = new ScriptedProvider();
    private GitRepository git;
    private Repository repository;
    private volatile List<Repository> watchedNow = List.of();
    private Store store;
    private Reconciler reconciler;
    private RestServer server;
    private Client client;

    @BeforeEach
    void open() throws Exception {
        git = new GitRepository(folder);
        repository =
                new Repository(
                        "platform",
                        git.url(),
                        "main",
                        List.of(new ManifestPattern("apps/{app}/manifest.yml")),
                        List.of("production"),
                        Duration.ofSeconds(1));
        var clock = InstantSource.system();
        store =
                Store.open(
                        folder.resolve("assent.db"),
                        SecretKeyFile.readOrCreate(folder.resolve("secret.key")),
                        clock);
        var settings = new TestSettings(provider);
        var source = new GitSource(folder.resolve("mirrors"));
        var manifests = new ManifestReader(System::nanoTime);
        watchedNow = List.of(repository);
        Watched watched = () -> watchedNow;
        reconciler = new Reconciler(store, source, manifests, settings, watched, clock);
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
        server =
                RestServer.start(
                        new Listen("127.0.0.1", 0),
                        Set.of(),
                        AdminToken.readOrCreate(folder),
                        desk);
        client =
                new Client(
                        Connection.find(
                                Optional.of(server.url().toString()),
                                Optional.of(folder),
                                Map.of()),
                        Optional.of("ada"));
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
        reconciler.close();
        store.close();
        git.close();
    }

    @Test
    void why_follows_a_group_from_nothing_to_its_being_there() throws Exception {
        assertThat(why("main")).containsExactly("not-read", "manifest-unknown");

        git.push(MANIFEST, "production:\n\tpostgresql:\n");
        reconciler.poll(repository);
        assertThat(why("main")).containsExactly("manifest-invalid");

        git.push(MANIFEST, manifest("spare"));
        reconciler.poll(repository);
        assertThat(why("main")).containsExactly("not-declared");

        git.push(MANIFEST, manifest("main"));
        reconciler.poll(repository);
        assertThat(why("main")).containsExactly("plan-proposed");

        provider.breakServer("main");
        approve();
        await().until(() -> why("main").equals(List.of("plan-failed")));
        assertThat(client.why(SHOP, group("main")).facts().getFirst().message())
                .contains("could not be touched: it is broken");

        provider.mendServer("main");
        reconciler.apply(plans().getFirst().id(), "ada");
        await().until(() -> why("main").equals(List.of("as-declared")));
        assertThat(client.why(SHOP, group("main")).blocked()).isFalse();

        git.remove(MANIFEST);
        git.push("README.md", "Nothing.\n");
        reconciler.poll(repository);
        assertThat(why("main")).containsExactly("manifest-gone", "recorded");
    }

    @Test
    void a_repository_that_is_no_longer_watched_is_no_reason_for_anything() throws Exception {
        git.deleteBranch();
        reconciler.poll(repository);
        assertThat(why("main")).containsExactly("repository", "manifest-unknown");

        watchedNow = List.of();
        assertThat(why("main")).containsExactly("not-read", "manifest-unknown");
    }

    @Test
    void why_a_rejected_group_is_not_there_is_who_rejected_it_and_what_for() throws Exception {
        git.push(MANIFEST, manifest("main"));
        reconciler.poll(repository);
        reconciler.reject(plans().getFirst().id(), Speaker.admin("bob", Channel.CLI), "too large");

        var fact = client.why(SHOP, group("main")).facts().getFirst();

        assertThat(fact.code()).isEqualTo("plan-rejected");
        assertThat(fact.message()).endsWith("was rejected by bob: too large");
    }

    @Test
    void why_can_be_asked_of_an_application_that_nobody_knows() throws Exception {
        git.push(MANIFEST, manifest("main"));
        reconciler.poll(repository);

        var why = client.why(new ApplicationName("shpo", "production"), Optional.empty());

        assertThat(why.facts())
                .singleElement()
                .satisfies(it -> assertThat(it.message()).contains("did you mean shop/production"));
    }

    @Test
    void blame_names_commit_plan_and_assent_of_what_was_built_and_added() throws Exception {
        var first = git.push(MANIFEST, manifest("main"));
        reconciler.poll(repository);
        var built = approve();
        var second =
                git.push(MANIFEST, manifest("main") + "      - server: {unique_name: main-2}\n");
        reconciler.poll(repository);
        var grown = approve();

        var blame = client.blame(address("main"), Optional.empty());

        assertThat(cause(blame, "configuration.version"))
                .satisfies(it -> {
                    assertThat(it.plan()).isEqualTo(built.id());
                    assertThat(it.commit()).contains(first);
                    assertThat(it.path()).contains(MANIFEST);
                    assertThat(it.repository()).contains("platform");
                    assertThat(it.assents())
                            .singleElement()
                            .satisfies(yes -> assertThat(yes.who()).isEqualTo("ada"));
                });
        assertThat(cause(blame, "servers.main-2"))
                .satisfies(it -> {
                    assertThat(it.plan()).isEqualTo(grown.id());
                    assertThat(it.commit()).contains(second);
                });
        assertThat(client.blame(address("main"), Optional.of("version")).facts())
                .singleElement()
                .satisfies(it -> assertThat(it.value()).isEqualTo("16.15"));
    }

    @Test
    void blame_of_what_is_not_there_says_where_to_ask() throws Exception {
        git.push(MANIFEST, manifest("main"));
        reconciler.poll(repository);

        assertThatThrownBy(() -> client.blame(address("main"), Optional.empty()))
                .isInstanceOf(RefusedException.class)
                .hasMessage(
                        "shop/production has no group `postgresql/main`; `assent why shop/production"
                                + " postgresql/main` says why not");

        approve();
        assertThatThrownBy(() -> client.blame(address("main"), Optional.of("colour")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(
                        "nothing of shop/production/postgresql/main is called `colour`")
                .hasMessageContaining("configuration.version");
    }

    @Test
    void the_record_that_is_exported_is_the_record_and_holds_no_secret() throws Exception {
        git.push(MANIFEST, manifest("main", "spare"));
        reconciler.poll(repository);
        approve();

        var json = client.record(SHOP);

        var read = RecordReading.read(json, SHOP);
        assertThat(read.recorded()).isEqualTo(store.records().of(SHOP));
        assertThat(read.recorded().groups()).hasSize(2);
        assertThat(read.neighbours()).isEqualTo(Neighbours.NONE);
        var credentials = store.credentials().get(SHOP, group("main").orElseThrow()).orElseThrow();
        assertThat(json.toString())
                .doesNotContain(credentials.password().reveal(), credentials.admin().reveal());
    }

    @Test
    void the_record_of_an_application_that_nobody_knows_is_refused() {
        assertThatThrownBy(() -> client.record(new ApplicationName("nope", "production")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("there is no application `nope/production`");
    }

    @Test
    void a_plan_that_is_tried_out_is_the_one_proposed_after_the_push_and_leaves_nothing_behind()
            throws Exception {
        git.push(MANIFEST, manifest("main"));
        reconciler.poll(repository);
        approve();
        var known = plans();

        assertThat(client.plan(SHOP, "mine.yml", bytes(manifest("main"))).isEmpty()).isTrue();
        var tried = client.plan(SHOP, "mine.yml", bytes(manifest("main", "spare")));

        assertThat(plans()).isEqualTo(known);
        git.push(MANIFEST, manifest("main", "spare"));
        reconciler.poll(repository);
        assertThat(plans().getFirst().digest()).isEqualTo(tried.digest());
    }

    @Test
    void a_manifest_that_is_not_valid_is_not_tried_out() {
        assertThatThrownBy(() -> client.plan(SHOP, "mine.yml", bytes("postgresql:\n\tx: 1\n")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("mine.yml:2:1", "ASN1104");
    }

    private List<String> why(String group) {
        return client.why(SHOP, group(group)).facts().stream().map(WhyAnswer.Fact::code).toList();
    }

    private static Optional<GroupName> group(String name) {
        return GroupName.parse("postgresql/" + name);
    }

    private static GroupAddress address(String group) {
        return new GroupAddress(SHOP, group(group).orElseThrow());
    }

    private static BlameAnswer.Cause cause(BlameAnswer blame, String name) {
        return blame.facts().stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .flatMap(BlameAnswer.Line::cause)
                .orElseThrow();
    }

    private List<StoredPlan> plans() {
        return store.plans().list(Optional.empty(), 100);
    }

    /// Says yes to the newest plan, and waits until what it started has ended.
    private StoredPlan approve() {
        var plan = plans().getFirst();
        var consent = new Consent(Optional.of(plan.digest()), Set.of(), false);
        reconciler.approve(new Yes(plan.id(), Speaker.admin("ada", Channel.CLI), consent));
        await().until(() ->
                switch (store.plans().find(plan.id()).orElseThrow().state()) {
                    case APPLIED, FAILED -> true;
                    case PROPOSED,
                            APPROVED,
                            APPLYING,
                            NEEDS_DECISION,
                            REJECTED,
                            SUPERSEDED,
                            EXPIRED ->
                            false;
                });
        return plan;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// PostgreSQL 16 groups, each on a server of its own name.
    private static String manifest(String... groups) {
        var text = new StringBuilder("postgresql:\n  groups:\n");
        for (var group : groups) {
            text.append(
                    """
                        %1$s:
                          configuration: {version: "16"}
                          servers:
                          - server: {unique_name: %1$s}
                    """
                            .formatted(group));
        }
        return text.toString();
    }
}
