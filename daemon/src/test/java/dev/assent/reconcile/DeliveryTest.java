package dev.assent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.configuration.RedeploySettings;
import dev.assent.model.ApplicationName;
import dev.assent.model.Endpoint;
import dev.assent.model.GroupName;
import dev.assent.model.Secret;
import dev.assent.state.HookRun;
import dev.assent.state.InForce;
import dev.assent.variables.ExternalGroup;
import dev.assent.variables.VariableChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Redeploys of an application whose groups are external, with a real repository, record, file and
/// hook.
@Timeout(120)
class DeliveryTest {

    private static final ApplicationName SHOP = DeclaredRoom.SHOP;
    private static final GroupName LEGACY = GroupName.parse("mysql/legacy").orElseThrow();

    @TempDir Path folder;

    private DeclaredRoom room;
    private Optional<RedeploySettings> settings = Optional.empty();
    private Delivery delivery;

    @BeforeEach
    void open() throws Exception {
        room = new DeclaredRoom(folder);
        room.declare(
                """
                mysql:
                  groups:
                    legacy: {configuration: {engine: percona, version: "8.0"}, servers: [{server: external}]}
                """);
        delivery = new Delivery(room.store(), room.declarations(), _ -> settings);
        tell("one.example.org");
    }

    @AfterEach
    void close() {
        delivery.close();
        room.close();
    }

    @Test
    void changes_are_pending_until_the_next_redeploy_and_then_in_force() {
        assertThat(delivery.show(SHOP, "ada").inForce()).isEmpty();
        assertThat(delivery.show(SHOP, "ada").pending())
                .containsEntry("MYSQL_LEGACY_ADDRESS", "one.example.org")
                .containsEntry("MYSQL_ADDRESS", "one.example.org");

        done(delivery.redeploy(SHOP, "ada"));
        tell("two.example.org");

        assertThat(inForce()).containsEntry("MYSQL_ADDRESS", "one.example.org");
        assertThat(delivery.show(SHOP, "ada").pending())
                .containsEntry("MYSQL_ADDRESS", "two.example.org");
        assertThat(delivery.difference(SHOP))
                .extracting(VariableChange::name)
                .contains("MYSQL_ADDRESS", "MYSQL_URL")
                .doesNotContain("MYSQL_PORT");
    }

    @Test
    void a_broken_manifest_takes_no_variables_away() throws Exception {
        room.declare("mysql:\n\tgroups:\n");

        assertThat(room.declarations().desired(SHOP)).isEmpty();
        assertThat(delivery.show(SHOP, "ada").pending())
                .containsEntry("MYSQL_ADDRESS", "one.example.org");
    }

    @Test
    void a_repository_that_cannot_be_read_takes_no_variables_away() throws Exception {
        room.loseRepository();

        assertThat(room.declarations().desired(SHOP)).isEmpty();
        assertThat(delivery.show(SHOP, "ada").pending())
                .containsEntry("MYSQL_ADDRESS", "one.example.org");
    }

    @Test
    void a_redeploy_writes_the_file_runs_the_hook_and_puts_the_variables_in_force()
            throws Exception {
        configure(
                Duration.ofSeconds(30),
                "sh",
                "-c",
                ". \"$ASSENT_ENV_FILE\"; echo \"$0 $ASSENT_APPLICATION $ASSENT_ENVIRONMENT $MYSQL_ADDRESS $MYSQL_PASSWORD\"",
                "{app}-{environment}");

        var done = done(delivery.redeploy(SHOP, "ada"));

        assertThat(done.hook().orElseThrow().output())
                .isEqualTo("shop-production shop production one.example.org [secret]\n");
        assertThat(done.envFile()).contains(file());
        assertThat(Files.readString(file())).contains("\nMYSQL_PASSWORD='pass word'\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-r-----");
        assertThat(inForce()).containsEntry("MYSQL_PASSWORD", "pass word");
        assertThat(room.newest().what()).isEqualTo("variables.redeployed");
        assertThat(room.store().redeploys().hook(room.newest())).isEqualTo(done.hook());
    }

    @Test
    void a_hook_that_fails_leaves_the_old_variables_in_force_and_the_old_file_in_place()
            throws Exception {
        configure(Duration.ofSeconds(30), "true");
        done(delivery.redeploy(SHOP, "ada"));
        var before = Files.readString(file());
        tell("two.example.org");
        configure(Duration.ofSeconds(30), "sh", "-c", "grep ADDRESS= \"$ASSENT_ENV_FILE\"; exit 3");

        var failed = failed(delivery.redeploy(SHOP, "ada"));

        assertThat(failed.hook().orElseThrow().output()).contains("MYSQL_ADDRESS=two.example.org");
        assertThat(failed.why())
                .startsWith("`sh -c ")
                .endsWith(" ended with code 3; " + file() + " is as it was before");
        assertThat(Files.readString(file())).isEqualTo(before);
        assertThat(inForce()).containsEntry("MYSQL_ADDRESS", "one.example.org");
        assertThat(delivery.difference(SHOP)).isNotEmpty();
        assertThat(room.newest().what()).isEqualTo("variables.redeploy-failed");
        assertThat(room.store().redeploys().hook(room.newest()).map(HookRun::succeeded))
                .contains(false);
    }

    @Test
    void where_there_was_no_file_there_is_none_after_a_hook_that_took_too_long() {
        configure(Duration.ofMillis(300), "sleep", "300");

        var failed = failed(delivery.redeploy(SHOP, "ada"));

        assertThat(failed.why())
                .isEqualTo(
                        "`sleep 300` took longer than 300 ms and was killed; "
                                + file()
                                + " is removed again, there was none before");
        assertThat(folder.resolve("env")).isEmptyDirectory();
        assertThat(room.store().redeploys().inForce(SHOP)).isEmpty();
    }

    @Test
    void after_a_crash_between_file_and_record_the_variables_are_pending_and_put_back_from_there()
            throws Exception {
        configure(Duration.ofSeconds(30), "true");
        done(delivery.redeploy(SHOP, "ada"));
        var old = Files.readString(file());
        tell("two.example.org");
        // What a redeploy leaves that was cut off: the new file, and half of another one.
        Files.writeString(file(), old.replace("one.example.org", "two.example.org"));
        Files.writeString(folder.resolve("env/.shop.env.assent-new"), "MYSQL_");

        assertThat(delivery.difference(SHOP)).isNotEmpty();
        configure(Duration.ofSeconds(30), "false");
        failed(delivery.redeploy(SHOP, "ada"));

        assertThat(Files.readString(file())).isEqualTo(old);
        assertThat(folder.resolve("env")).isDirectoryContaining(file()::equals);
        try (var files = Files.list(folder.resolve("env"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void of_one_application_one_redeploy_is_under_way_and_the_end_of_the_daemon_ends_it()
            throws Exception {
        var started = folder.resolve("started");
        configure(Duration.ofSeconds(60), "sh", "-c", "touch " + started + "; sleep 300");
        var first =
                CompletableFuture.supplyAsync(
                        () -> delivery.redeploy(SHOP, "ada"), it -> Thread.ofVirtual().start(it));
        await().until(() -> Files.exists(started));

        var second = delivery.redeploy(SHOP, "bob");
        delivery.close();

        assertThat(second)
                .isEqualTo(
                        new Redeployment.Refused(
                                "shop/production is being redeployed already; wait for that to end, and see `assent history shop/production`"));
        assertThat(failed(first.get(20, TimeUnit.SECONDS)).why())
                .contains("the daemon was told to end", "is removed again");
        assertThat(file()).doesNotExist();
    }

    @Test
    void a_file_that_somebody_else_wrote_is_not_overwritten() throws IOException {
        configure(Duration.ofSeconds(30), "true");
        Files.writeString(file(), "PRECIOUS=1\n");
        assertThat(failed(delivery.redeploy(SHOP, "ada")).why())
                .contains("was not written by Assent", "move it away");
        assertThat(file()).hasContent("PRECIOUS=1\n");

        Files.writeString(
                file(),
                "# Written by Assent for blog/production at each redeploy; what is changed here is lost then.\n");
        assertThat(failed(delivery.redeploy(SHOP, "ada")).why())
                .contains("holds the variables of another application", "{app}");

        Files.delete(file());
        Files.createSymbolicLink(file(), folder.resolve("elsewhere"));
        assertThat(failed(delivery.redeploy(SHOP, "ada")).why()).contains("is no file");
        assertThat(folder.resolve("elsewhere")).doesNotExist();
    }

    @Test
    void a_folder_that_is_missing_and_an_owner_that_nobody_knows_are_said_with_a_way_out() {
        settings =
                Optional.of(
                        new RedeploySettings(
                                Optional.of(folder + "/{app}/x.env"),
                                List.of(),
                                Duration.ofSeconds(1),
                                Optional.empty()));
        assertThat(failed(delivery.redeploy(SHOP, "ada")).why())
                .contains("could not write " + folder + "/shop/x.env", "install -d -m 0750");

        configure(Duration.ofSeconds(30), Optional.of("nobody-of-that-name:x"), "true");
        assertThat(failed(delivery.redeploy(SHOP, "ada")).why()).contains("this machine knows no");
        assertThat(folder.resolve("env")).isEmptyDirectory();
    }

    @Test
    void the_file_is_its_owners_or_it_is_said_who_could_give_it_away() throws IOException {
        configure(Duration.ofSeconds(30), Optional.of("nobody"), "true");

        var redeployment = delivery.redeploy(SHOP, "ada");

        if (System.getProperty("user.name").equals("root")) {
            done(redeployment);
            assertThat(Files.getOwner(file()).getName()).isEqualTo("nobody");
        } else {
            assertThat(failed(redeployment).why()).contains("run the daemon as root");
            assertThat(folder.resolve("env")).isEmptyDirectory();
        }
    }

    private void configure(Duration limit, String... command) {
        configure(limit, Optional.empty(), command);
    }

    private void configure(Duration limit, Optional<String> owner, String... command) {
        try {
            Files.createDirectories(folder.resolve("env"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        settings =
                Optional.of(
                        new RedeploySettings(
                                Optional.of(folder + "/env/{app}.env"),
                                List.of(command),
                                limit,
                                owner));
    }

    private Path file() {
        return folder.resolve("env/shop.env");
    }

    private java.util.SortedMap<String, String> inForce() {
        return room.store().redeploys().inForce(SHOP).map(InForce::values).orElseThrow();
    }

    private void tell(String host) {
        var told =
                new ExternalGroup(
                        LEGACY,
                        new Endpoint(host, 3306),
                        Optional.of("app"),
                        Optional.of("shop"),
                        Optional.of(Secret.of("pass word")),
                        false);
        assertThat(new Externals(room.store(), room.declarations()).tell(SHOP, told, "ada"))
                .isEmpty();
    }

    private static Redeployment.Done done(Redeployment redeployment) {
        if (redeployment instanceof Redeployment.Done done) return done;
        throw new AssertionError(redeployment);
    }

    private static Redeployment.Failed failed(Redeployment redeployment) {
        if (redeployment instanceof Redeployment.Failed failed) return failed;
        throw new AssertionError(redeployment);
    }
}
