package dev.assent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.Installation.Result;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// The main job, end to end, with the packaged program: one installation goes through its life, and
/// each test is a chapter that stands on the one before.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MainJobIT {

    private static final String MANIFEST = "apps/shop/manifest.yml";

    @TempDir static Path folder;

    private static Installation installation;
    private static String first = "";
    private static String removal = "";

    @BeforeAll
    static void start() throws IOException {
        installation = new Installation(folder);
        installation.start();
    }

    @AfterAll
    static void close() {
        installation.close();
    }

    @Test
    @Order(1)
    void a_pushed_manifest_becomes_a_plan_and_nothing_else_happens() throws IOException {
        installation.push(MANIFEST, manifest("main", "17", "reports", "14"));

        first = installation.newPlan();

        assertThat(installation.assent("show", first).out())
                .contains("create group postgresql/main", "create group postgresql/reports")
                .contains("Plan: 2 to add, 0 to change, 0 to destroy.");
        assertThat(installation.servers()).isEmpty();
    }

    @Test
    @Order(2)
    void a_commit_that_changes_nothing_relevant_creates_no_plan() throws IOException {
        var commit = installation.push("README.md", "Nothing to do with databases.\n");
        installation.untilRead(commit);
        var comment =
                installation.push(
                        MANIFEST, "# A comment.\n" + manifest("main", "17", "reports", "14"));
        installation.untilRead(comment);

        assertThat(installation.plans()).containsExactly(first);
    }

    @Test
    @Order(3)
    void a_wrong_digest_and_a_yes_to_destroying_nothing_are_refused() {
        var digest =
                installation.assent(
                        "approve", first, "--quiet", "--digest", "sha256:" + "0".repeat(64));
        var destroy =
                installation.assent("approve", first, "--quiet", "--destroy", "postgresql/main");

        refused(digest, "is not what was reviewed", "assent show " + first);
        refused(destroy, "destroys nothing of postgresql/main", "leave out --destroy");
        assertThat(installation.servers()).isEmpty();
    }

    @Test
    @Order(4)
    void an_approved_plan_is_carried_out_as_it_was_reviewed() {
        var approved = installation.assent("approve", first, "--quiet", "--follow");

        assertThat(approved.code()).as(() -> approved + installation.log()).isZero();
        assertThat(installation.servers()).hasSize(2);
        assertThat(installation.plans()).isEmpty();
        assertThat(installation.assent("status", "shop/production").out())
                .contains("postgresql/main", "17.", "postgresql/reports", "14.", "running");
    }

    @Test
    @Order(5)
    void approving_twice_is_refused() {
        refused(installation.assent("approve", first, "--quiet"), first, "applied");
    }

    @Test
    @Order(6)
    void variables_are_pending_until_the_redeploy_and_then_an_application_can_use_them()
            throws SQLException {
        var before = installation.assent("env", "shop/production");
        var redeployed = installation.assent("redeploy", "shop/production");
        var variables = variables();

        assertThat(before.out()).isEmpty();
        assertThat(redeployed.code()).isZero();
        assertThat(query(variables.getOrDefault("POSTGRESQL_MAIN_URL", ""))).startsWith("17.");
        assertThat(query(variables.getOrDefault("POSTGRESQL_REPORTS_URL", ""))).startsWith("14.");
        assertThat(variables)
                .containsEntry(
                        "POSTGRESQL_URL", variables.getOrDefault("POSTGRESQL_MAIN_URL", "-"));
    }

    @Test
    @Order(7)
    void after_kill_9_the_same_servers_are_adopted_and_status_is_right() throws Exception {
        var before = installation.servers();

        installation.kill();
        assertThat(installation.servers()).isEqualTo(before);
        installation.start();

        assertThat(installation.servers()).isEqualTo(before);
        var status = installation.assent("status", "shop/production").out();
        assertThat(status).contains("running").doesNotContain("stopped", "missing");
        for (var pid : before) {
            assertThat(installation.assent("status", "--format", "json").out())
                    .contains(pid.toString());
        }
    }

    @Test
    @Order(8)
    void a_server_that_is_killed_is_back_within_five_seconds_and_the_history_says_so() {
        var before = installation.servers();
        ProcessHandle.of(before.getFirst()).orElseThrow().destroyForcibly();

        await().atMost(Duration.ofSeconds(5))
                .until(() ->
                        Collections.disjoint(before.subList(0, 1), installation.servers())
                                && installation.servers().size() == 2);

        assertThat(installation.servers()).contains(before.getLast());
        await().until(() ->
                installation.assent("history").out().contains("had died and was started again"));
        assertThat(installation.assent("status", "shop/production").out())
                .contains("running")
                .doesNotContain("stopped");
    }

    @Test
    @Order(9)
    void a_group_removed_from_the_manifest_stays_until_its_removal_is_agreed_to_by_name()
            throws IOException {
        installation.push(MANIFEST, manifest("main", "17"));
        removal = installation.newPlan();

        refused(
                installation.assent("approve", removal, "--quiet"),
                "destroys data of postgresql/reports",
                "--destroy postgresql/reports");
        assertThat(installation.servers()).hasSize(2);
    }

    @Test
    @Order(10)
    void
            a_plan_made_before_the_record_moved_on_cannot_be_approved_and_the_refusal_names_the_new_one()
                    throws IOException {
        installation.push(MANIFEST, manifest("main", "17", "extra", "16"));
        var mixed = installation.newPlan(removal);
        var held =
                installation.assent("approve", mixed, "--quiet", "--hold-destructive", "--follow");
        assertThat(held.code()).as(() -> held + installation.log()).isZero();
        assertThat(installation.servers()).hasSize(3);
        var rest = installation.newPlan(removal, mixed);

        refused(
                installation.assent(
                        "approve", removal, "--quiet", "--destroy", "postgresql/reports"),
                removal + " was superseded by " + mixed);
        refused(installation.assent("approve", mixed, "--quiet"), mixed, "applied");

        var removed =
                installation.assent(
                        "approve", rest, "--quiet", "--destroy", "postgresql/reports", "--follow");
        assertThat(removed.code()).as(() -> removed + installation.log()).isZero();
        assertThat(installation.servers()).hasSize(2);
        assertThat(installation.plans()).isEmpty();
    }

    @Test
    @Order(11)
    void a_broken_manifest_is_shown_where_people_look_and_changes_nothing() throws IOException {
        var commit = installation.push(MANIFEST, manifest("main", "17").replace("    ", "\t"));
        installation.untilRead(commit);

        assertThat(installation.assent("status").out()).contains(MANIFEST, "ASN1104");
        assertThat(installation.plans()).isEmpty();
        assertThat(installation.servers()).hasSize(2);
    }

    @Test
    @Order(12)
    void a_plan_that_kill_9_interrupts_goes_on_after_the_restart_and_builds_nothing_twice()
            throws Exception {
        installation.push(MANIFEST, manifest("main", "17", "extra", "16", "late", "15"));
        var plan = installation.newPlan();
        assertThat(installation.assent("approve", plan, "--quiet").code()).isZero();

        installation.kill();
        installation.start();

        var followed = installation.assent("follow", plan);
        assertThat(followed.code()).as(() -> followed + installation.log()).isZero();
        assertThat(installation.servers()).hasSize(3);
        assertThat(installation.plans()).isEmpty();
    }

    @Test
    @Order(13)
    void what_people_ask_for_becomes_plans_and_what_the_manifest_owns_is_refused()
            throws SQLException {
        refused(
                installation.assent("group", "remove", "shop/production/postgresql/main"),
                "postgresql/main is declared at " + MANIFEST);

        asked("group", "add", "shop/production/postgresql/spare", "--version", "16");
        asked("scale", "shop/production/postgresql/spare", "--replicas", "1");
        asked("protect", "shop/production/postgresql/spare");
        assertThat(installation.servers()).hasSize(5);
        refused(
                installation.assent("group", "remove", "shop/production/postgresql/spare"),
                "is protected");

        asked("primary", "shop/production/postgresql/spare");
        installation.assent("redeploy", "shop/production");
        var variables = variables();
        assertThat(variables)
                .containsEntry(
                        "POSTGRESQL_URL", variables.getOrDefault("POSTGRESQL_SPARE_URL", "-"))
                .containsKey("POSTGRESQL_SPARE_REPLICA_ADDRESS");
        assertThat(query(variables.getOrDefault("POSTGRESQL_URL", ""))).startsWith("16.");
    }

    @Test
    @Order(14)
    void a_server_that_exists_is_adopted_watched_and_never_removed() throws IOException {
        installation.assent("redeploy", "shop/production");
        var variables = variables();
        var password = folder.resolve("password");
        Files.writeString(password, "wrong");
        refused(adopt(variables, password), "does not answer", "check address, user");

        Files.writeString(password, variables.getOrDefault("POSTGRESQL_EXTRA_PASSWORD", ""));
        apply(adopt(variables, password));
        Files.delete(password);

        assertThat(installation.assent("status", "shop/production").out())
                .contains("postgresql/partner", "adopted");
        var before = installation.servers();
        asked("group", "remove", "shop/production/postgresql/partner");
        assertThat(installation.servers()).isEqualTo(before);
        assertThat(installation.assent("status", "shop/production").out())
                .doesNotContain("postgresql/partner");
    }

    private static Result adopt(Map<String, String> variables, Path password) {
        return installation.assent(
                "adopt",
                "shop/production/postgresql/partner",
                "--address",
                variables.getOrDefault("POSTGRESQL_EXTRA_ADDRESS", ""),
                "--port",
                variables.getOrDefault("POSTGRESQL_EXTRA_PORT", ""),
                "--username",
                variables.getOrDefault("POSTGRESQL_EXTRA_USERNAME", ""),
                "--database",
                variables.getOrDefault("POSTGRESQL_EXTRA_DATABASE", ""),
                "--password-file",
                password.toString(),
                "--format",
                "json");
    }

    private static void asked(String... command) {
        var arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--format", "json"));
        apply(installation.assent(arguments.toArray(String[]::new)));
    }

    private static void apply(Result asked) {
        assertThat(asked.code()).as(asked::toString).isZero();
        var plan = JsonMapper.shared().readTree(asked.out()).path("id").asString();
        var approved = installation.assent("approve", plan, "--quiet", "--follow");
        assertThat(approved.code()).as(() -> approved + installation.log()).isZero();
    }

    @Test
    @Order(15)
    void no_password_is_in_any_log_plan_message_or_file() throws Exception {
        installation.assent("redeploy", "shop/production");
        var passwords =
                variables().entrySet().stream()
                        .filter(it -> it.getKey().endsWith("_PASSWORD"))
                        .map(Map.Entry::getValue)
                        .distinct()
                        .toList();
        var said =
                List.of(
                        installation.assent("history"),
                        installation.assent("plans", "--all"),
                        installation.assent("show", first, "--format", "json"),
                        installation.assent("status", "--format", "json"));
        installation.stop();

        assertThat(passwords).hasSize(4).allSatisfy(it -> assertThat(it).hasSize(32));
        for (var password : passwords) {
            assertThat(said).allSatisfy(it -> assertThat(it.toString()).doesNotContain(password));
            assertThat(filesWith(password)).isEmpty();
        }
    }

    private static void refused(Result result, String... words) {
        assertThat(result.code()).as(result::toString).isEqualTo(1);
        assertThat(result.err()).contains(words).doesNotContain("Exception", "\tat ");
    }

    /// All files of the installation but the databases' own data, in which a password's SCRAM
    /// verifier stands, never the password: so they are searched too.
    private static List<Path> filesWith(String password) throws IOException {
        var needle = password.getBytes(StandardCharsets.ISO_8859_1);
        return LiveFiles.below(folder).stream().filter(it -> contains(it, needle)).toList();
    }

    private static boolean contains(Path file, byte[] needle) {
        try {
            var text = Files.readString(file, StandardCharsets.ISO_8859_1);
            return text.contains(new String(needle, StandardCharsets.ISO_8859_1));
        } catch (java.nio.file.NoSuchFileException e) {
            return false; // A server tidied up while we looked.
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Map<String, String> variables() {
        var variables = new TreeMap<String, String>();
        installation
                .assent("env", "shop/production", "--format", "dotenv")
                .out()
                .lines()
                .forEach(line -> {
                    var parts = line.split("=", 2);
                    variables.put(parts[0], parts[1].replaceAll("^[\"']|[\"']$", ""));
                });
        return variables;
    }

    private static String query(String variable) throws SQLException {
        var url = URI.create(variable);
        var login = url.getUserInfo().split(":", 2);
        var jdbc = "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath();
        try (var connection = DriverManager.getConnection(jdbc, login[0], login[1]);
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS visit (id int)");
            try (var row = statement.executeQuery("SELECT split_part(version(), ' ', 2)")) {
                row.next();
                return row.getString(1);
            }
        }
    }

    /// A manifest of PostgreSQL groups: name and version of each.
    private static String manifest(String... groups) {
        var text = new StringBuilder("production:\n  postgresql:\n    groups:\n");
        for (var i = 0; i < groups.length; i += 2) {
            text.append(
                    """
                          %1$s:
                            configuration: {version: "%2$s"}
                            servers:
                            - server: {unique_name: shop-%1$s}
                    """
                            .formatted(groups[i], groups[i + 1]));
        }
        return text.toString();
    }
}
