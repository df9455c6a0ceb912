package dev.assent.provider.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.engine.Stop;
import dev.assent.model.ApplicationName;
import dev.assent.model.GroupName;
import dev.assent.model.ServerKey;
import dev.assent.model.ServerName;
import dev.assent.provider.Death.Fate;
import dev.assent.provider.ProviderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What can be said of units without systemd; with a real one: `systemd/test/run`.
class ServerUnitsTest {

    private static final Path PROGRAM = Path.of("src/main/bin/assent-server").toAbsolutePath();

    private static final ServersUser OURSELVES = new ServersUser("assent", 996, 996, false);

    @TempDir Path root;

    private Path servers;
    private ServerFolder folder;

    @BeforeEach
    void make_a_servers_folder() throws IOException {
        servers = root.resolve("servers");
        folder = folder("shop", "shop-main");
        Files.createDirectories(folder.path().resolve("log"));
    }

    @ParameterizedTest
    @CsvSource({
        "here/shop/main, here-shop-main",
        "here/shop-main, here-shop\\x2dmain",
        "here/gr%C3%B6%C3%9Fe~1, here-gr\\x25C3\\x25B6\\x25C3\\x259Fe\\x7e1",
        "here/a.b_c:d, here-a.b_c:d",
        ".hidden/.too, \\x2ehidden-.too",
    })
    void a_unit_is_named_after_the_servers_folder_as_systemd_escapes_it(
            String path, String instance) {
        assertThat(UnitName.of(servers, servers.resolve(path)))
                .hasToString("assent-server@" + instance + ".service");
    }

    @Test
    void a_name_that_systemd_would_not_take_is_refused_before_anything_is_there() {
        var longest = folder("a".repeat(100), "b".repeat(100));
        var units = units("echo LoadState=loaded");

        assertThat(UnitName.of(servers, longest.path()).text()).hasSize(255);
        assertThatThrownBy(() ->
                        units.refuseUnfit(folder("a".repeat(100), "-b".repeat(50).substring(1))))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("too long for a unit of systemd")
                .hasMessageContaining("would have 401 characters, and 255 are allowed")
                .hasMessageContaining("`servers: processes`");
    }

    @Test
    void the_program_runs_what_was_written_to_the_last_character_and_nothing_else()
            throws Exception {
        var argv =
                List.of(
                        "/usr/bin/printf",
                        "[%s]",
                        "",
                        "  two  spaces ",
                        "$(touch oops) `touch oops` $HOME *",
                        "back\\slash 'quote' \"quotes\"",
                        "größe");
        ServerCommand.START.write(folder, argv);

        var process =
                new ProcessBuilder(PROGRAM.toString(), "start")
                        .directory(folder.path().toFile())
                        .start();

        assertThat(process.waitFor()).isZero();
        assertThat(folder.log().file())
                .hasContent(
                        "[][  two  spaces ][$(touch oops) `touch oops` $HOME *][back\\slash 'quote' \"quotes\"][größe]");
        assertThat(folder.path().resolve("oops")).doesNotExist();
    }

    @Test
    void the_program_becomes_the_server_without_anything_of_its_surroundings() throws Exception {
        ServerCommand.START.write(
                folder, List.of("sh", "-c", "echo $$; env | sort | grep -v -e ^_= -e ^PWD="));

        var builder =
                new ProcessBuilder(PROGRAM.toString(), "start").directory(folder.path().toFile());
        builder.environment().put("CREDENTIALS_DIRECTORY", "/run/credentials/x");
        var process = builder.start();

        assertThat(process.waitFor()).isZero();
        assertThat(Files.readAllLines(folder.log().file()))
                .containsExactly(
                        Long.toString(process.pid()),
                        "LC_ALL=C",
                        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                        "TZ=UTC");
    }

    @Test
    void without_a_command_the_program_says_so_in_a_way_that_systemd_does_not_repeat()
            throws Exception {
        var process =
                new ProcessBuilder(PROGRAM.toString(), "start")
                        .directory(folder.path().toFile())
                        .start();

        assertThat(process.waitFor()).isEqualTo(78);
        assertThat(process.errorReader().readLine())
                .contains("there is no " + folder.path() + "/start.argv");
    }

    @Test
    void a_server_that_no_program_stops_gets_a_signal_until_it_heeds_it() throws Exception {
        ServerCommand.STOP.write(folder, List.of("TERM"));
        var server =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "n=0; trap 'n=$((n+1)); [ $n -lt 2 ] || exit 7' TERM; echo; while :; do sleep 0.05; done")
                        .start();
        server.inputReader().readLine();

        var builder =
                new ProcessBuilder(PROGRAM.toString(), "stop").directory(folder.path().toFile());
        builder.environment().put("MAINPID", Long.toString(server.pid()));
        var stopping = builder.start();
        // Until its parent has asked how it ended, a process that has ended is still there.
        assertThat(server.waitFor()).isEqualTo(7);

        assertThat(stopping.waitFor()).isZero();
    }

    @Test
    void an_argument_that_would_become_two_is_refused() {
        assertThatThrownBy(() -> ServerCommand.START.write(folder, List.of("a", "b\nc")))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("line break");
    }

    @Test
    void a_template_for_another_folder_or_user_is_not_used() throws IOException {
        var unit = units(shown("loaded", "/var/lib/assent/servers/x", "assent"));
        assertThat(unit.fit()).isFalse();
        assertThatThrownBy(() -> unit.refuseUnfit(folder))
                .hasMessageContaining("would run this one in /var/lib/assent/servers/x")
                .hasMessageContaining("drop-in");

        assertThatThrownBy(() ->
                        units(shown("loaded", folder.path().toString(), "postgres"))
                                .refuseUnfit(folder))
                .hasMessageContaining("runs servers as `postgres`, and the daemon runs as `assent`")
                .hasMessageContaining("`User=assent`");

        units(shown("loaded", folder.path().toString(), "assent")).refuseUnfit(folder);
        assertThat(units(shown("loaded", servers.resolve("any").toString(), "assent")).fit())
                .isTrue();
    }

    @Test
    void without_the_template_servers_are_processes_unless_somebody_wants_units() {
        var units = units(shown("not-found", "", ""));

        assertThat(units.fit()).isFalse();
        assertThatThrownBy(() -> units.refuseUnfit(folder))
                .hasMessageContaining("systemd has no assent-server@.service; install it");
    }

    @Test
    void root_keeps_running_servers_as_processes() {
        var root = new ServersUser("assent", 996, 996, true);
        var units = new ServerUnits(servers, root, new Systemctl("/nowhere/systemctl"));

        assertThat(units.fit()).isFalse();
        assertThatThrownBy(() -> units.refuseUnfit(folder)).hasMessageContaining("that is root");
    }

    @Test
    void a_daemon_that_is_no_service_keeps_processes_and_a_setting_decides_before_that() {
        var settings = LocalSettings.in(servers.resolve("here"), root.resolve("programs"));
        var service = Map.of("INVOCATION_ID", "1");

        assertThat(Supervision.of(settings, OURSELVES, Map.of()))
                .isInstanceOf(DetachedProcesses.class);
        assertThat(Supervision.of(settings, OURSELVES, service))
                .as("no template here is for this folder")
                .isInstanceOf(DetachedProcesses.class);
        assertThat(Supervision.of(settings.withKeeper(Keeper.UNITS), OURSELVES, Map.of()))
                .isInstanceOf(ServerUnits.class);
        assertThat(Supervision.of(settings.withKeeper(Keeper.PROCESSES), OURSELVES, service))
                .isInstanceOf(DetachedProcesses.class);
    }

    @Test
    void who_may_not_start_units_is_told_how_to_allow_it() {
        refused(
                "Failed to start x: Interactive authentication required.",
                "does not start assent-server@",
                "Interactive authentication required.",
                "polkit rule is missing",
                "`polkitd`");
    }

    @Test
    void a_unit_that_fails_names_where_more_stands() {
        refused(
                "Job for x failed because the control process exited with error code.",
                "does not start assent-server@here-shop-production-postgresql-main-shop\\x2dmain",
                "Job for x failed",
                "journalctl --unit='assent-server@");
    }

    @Test
    void a_machine_without_a_running_systemd_says_so() {
        refused(
                "Failed to connect to bus: No such file or directory",
                "Failed to connect to bus",
                "systemd and its bus have to run",
                "`servers: processes`");
    }

    @Test
    void a_machine_without_systemd_says_so() {
        var units = new ServerUnits(servers, OURSELVES, new Systemctl("/nowhere/systemctl"));

        assertThat(units.fit()).isFalse();
        assertThatThrownBy(() -> units.release(folder))
                .hasMessageContaining("`/nowhere/systemctl` could not be run")
                .hasMessageContaining("`servers: processes`");
    }

    @Test
    void a_server_that_has_ended_tells_what_its_unit_says() {
        assertThat(
                        units("printf 'ActiveState=failed\\nSubState=failed\\nResult=signal\\n'")
                                .lastSeen(folder))
                .hasValueSatisfying(it ->
                        assertThat(it)
                                .contains("its unit is failed (failed, signal)")
                                .contains("journalctl --unit='assent-server@")
                                .contains("`systemctl restart assentd`"));
        assertThat(
                        units("printf 'ActiveState=inactive\\nSubState=dead\\nResult=success\\n'")
                                .lastSeen(folder))
                .isEmpty();
    }

    @Test
    void after_a_death_systemd_is_asked_what_it_has_done_about_it() throws IOException {
        // A process that nobody kept until now.
        assertThat(afterDeath("inactive", "dead", "success", 0)).isEqualTo(AfterDeath.ENDED);

        ServerCommand.START.write(folder, List.of("/bin/server"));
        var own = ProcessHandle.current().pid();
        assertThat(afterDeath("active", "running", "success", own))
                .isEqualTo(AfterDeath.restarted(ServerProcess.of(own).orElseThrow()));

        assertThat(afterDeath("activating", "auto-restart", "signal", 0))
                .isEqualTo(AfterDeath.UNDER_WAY);

        var givenUp = afterDeath("failed", "failed", "signal", 0);
        assertThat(givenUp.fate()).hasValue(Fate.GIVEN_UP);
        assertThat(givenUp.detail())
                .contains("its unit is failed (signal) after systemd has started it again 5 times")
                .contains(
                        "journalctl --unit='assent-server@",
                        "to try again: systemctl restart assentd");

        var stopped = afterDeath("inactive", "dead", "success", 0);
        assertThat(stopped.fate()).hasValue(Fate.GIVEN_UP);
        assertThat(stopped.detail())
                .contains("its unit was stopped; to start it: systemctl start 'assent-server@");
    }

    private AfterDeath afterDeath(String active, String sub, String result, long pid) {
        return units(
                        "printf 'ActiveState=%s\\nSubState=%s\\nResult=%s\\nMainPID=%d\\nNRestarts=5\\n'"
                                .formatted(active, sub, result, pid))
                .afterDeath(folder);
    }

    @Test
    void what_no_unit_keeps_is_left_alone() throws IOException {
        var calls = root.resolve("calls");
        var said = "printf 'LoadState=loaded\\nActiveState=%s\\n'";
        var noted = "echo \"$3\" >>%s; ".formatted(calls);

        units(noted + said.formatted("inactive")).release(folder);
        assertThat(calls).content().doesNotContain("stop");

        units(noted + said.formatted("active")).release(folder);
        assertThat(calls).content().contains("stop");
    }

    @Test
    void what_was_stopped_on_purpose_cannot_be_started_by_others() throws IOException {
        ServerCommand.START.write(folder, List.of("/bin/server"));

        units("printf 'LoadState=loaded\\nActiveState=failed\\n'").release(folder);

        assertThat(ServerCommand.START.file(folder)).doesNotExist();
        assertThat(afterDeath("inactive", "dead", "success", 0)).isEqualTo(AfterDeath.ENDED);
    }

    private void refused(String printed, String... sentences) {
        var answers = shown("loaded", folder.path().toString(), "assent");
        var units =
                units(
                        "case $3 in show) %s ;; start) echo '%s' >&2; exit 1 ;; esac"
                                .formatted(answers, printed));

        assertThatThrownBy(() -> units.launch(folder, List.of("/bin/server"), new Stop.Signal()))
                .isInstanceOf(ProviderException.class)
                .satisfies(it -> assertThat(it.getMessage()).contains(sentences));
    }

    private static String shown(String load, String workingDirectory, String user) {
        return "printf 'LoadState=%s\\nWorkingDirectory=%s\\nUser=%s\\n'"
                .formatted(load, workingDirectory, user);
    }

    /// Units of a systemd that answers as a shell script says: `$3` is the verb.
    private ServerUnits units(String script) {
        try {
            var systemctl = Files.createTempFile(root, "systemctl", "");
            Files.writeString(systemctl, "#!/bin/sh\n" + script + "\n");
            Files.setPosixFilePermissions(systemctl, PosixFilePermissions.fromString("rwx------"));
            return new ServerUnits(servers, OURSELVES, new Systemctl(systemctl.toString()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private ServerFolder folder(String application, String server) {
        return ServerFolder.below(
                servers.resolve("here"),
                new ServerKey(
                        new ApplicationName(application, "production"),
                        GroupName.parse("postgresql/main").orElseThrow(),
                        new ServerName(server)));
    }

    @Test
    void the_names_are_those_of_systemds_own_program_where_that_is_installed() throws Exception {
        for (var path : List.of("here/shop-main/a~b/%C3", "here/.x/y_z:1")) {
            var name = UnitName.of(servers, servers.resolve(path)).text();
            escapedBySystemd(path)
                    .ifPresent(
                            it -> assertThat(name).isEqualTo("assent-server@" + it + ".service"));
        }
    }

    private static Optional<String> escapedBySystemd(String path) throws InterruptedException {
        try {
            var process = new ProcessBuilder("systemd-escape", "--path", path).start();
            var line = process.inputReader().readLine();
            return process.waitFor() == 0 ? Optional.of(line) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
