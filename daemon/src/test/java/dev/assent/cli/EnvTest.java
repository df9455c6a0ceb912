package dev.assent.cli;

import static dev.assent.plan.Given.existing;
import static dev.assent.plan.Given.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.http.Door;
import dev.assent.model.GroupName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// env and redeploy.
class EnvTest {

    @TempDir Path runFolder;
    private Door door;

    @BeforeEach
    void open() throws Exception {
        door = new Door(runFolder);
        door.desk.records.add(recorded(1, existing("postgresql/main")));
        door.desk.pending.put("POSTGRESQL_URL", "postgres://u:p@127.0.0.1:20000/shop");
        door.desk.pending.put("POSTGRESQL_PASSWORD", "p");
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void before_the_first_redeploy_nothing_is_in_force_and_the_way_to_see_more_is_said() {
        var typed = Typed.at(door, "env", "shop/production");

        assertThat(typed.code()).isZero();
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err())
                .contains("all 2 variables are pending", "--pending", "assent redeploy");
    }

    @Test
    void pending_shows_what_the_next_redeploy_puts_in_force() {
        var typed = Typed.at(door, "env", "shop/production", "--pending");

        assertThat(typed.out())
                .isEqualTo(
                        """
                        POSTGRESQL_PASSWORD=p
                        POSTGRESQL_URL=postgres://u:p@127.0.0.1:20000/shop
                        """);
        assertThat(typed.err()).isEmpty();
        assertThat(door.desk.asked).containsExactly("variables of shop/production by ada");
    }

    @Test
    void after_a_redeploy_what_is_in_force_is_shown_and_what_differs_is_named() {
        var redeployed = Typed.at(door, "redeploy", "shop/production");
        var same = Typed.at(door, "env", "shop/production");
        door.desk.pending.put("POSTGRESQL_PASSWORD", "canary");
        var changed = Typed.at(door, "env", "shop/production");

        assertThat(redeployed.out())
                .isEqualTo(
                        "2 variables of shop/production are in force now; to see them: assent env"
                                + " shop/production\n");
        assertThat(same.err()).isEmpty();
        assertThat(changed.out()).contains("POSTGRESQL_PASSWORD=p\n");
        assertThat(changed.err())
                .isEqualTo("assent: pending until the next redeploy: POSTGRESQL_PASSWORD\n");
    }

    @Test
    void json_is_names_and_values() {
        var typed = Typed.at(door, "env", "shop/production", "--pending", "--format", "json");

        assertThat(JsonMapper.shared().readTree(typed.out()).path("POSTGRESQL_PASSWORD").asString())
                .isEqualTo("p");
    }

    @Test
    void hosts_are_service_names_and_what_is_no_address_is_a_remark() {
        door.desk.pending.put("POSTGRESQL_ADDRESS", "10.0.0.7");
        door.desk.pending.put("POSTGRESQL_PORT", "1");
        door.desk.pending.put("POSTGRESQL_MAIN_ADDRESS", "10.0.0.7");
        door.desk.pending.put("POSTGRESQL_MAIN_PORT", "1");
        door.desk.pending.put("MYSQL_FAR_ADDRESS", "db.example.org");
        door.desk.pending.put("MYSQL_FAR_PORT", "1");

        var typed = Typed.at(door, "env", "shop/production", "--pending", "--format", "hosts");

        assertThat(typed.out())
                .isEqualTo(
                        """
                        # db.example.org (a name)  mysql-far
                        10.0.0.7                   postgresql
                        10.0.0.7                   postgresql-main
                        """);
    }

    @Test
    void a_difference_is_shown_line_by_line_and_of_passwords_only_that_they_change() {
        Typed.at(door, "redeploy", "shop/production");
        door.desk.pending.put("POSTGRESQL_PASSWORD", "canary");
        door.desk.pending.put("POSTGRESQL_MAIN_PORT", "20001");
        door.desk.pending.remove("POSTGRESQL_URL");

        var text = Typed.at(door, "env", "shop/production", "--diff");
        var coloured = Typed.atTerminal(door, "env", "--diff", "shop/production");
        var json = Typed.at(door, "env", "shop/production", "--diff", "--format", "json");
        var shell = Typed.at(door, "env", "shop/production", "--diff", "--format", "shell");

        assertThat(text.out())
                .isEqualTo(
                        """
                        +  POSTGRESQL_MAIN_PORT  20001
                        ~  POSTGRESQL_PASSWORD   (secret)
                        -  POSTGRESQL_URL        (secret)
                        """);
        assertThat(coloured.out()).contains("\u001b[32m+", "\u001b[31m-", "\u001b[33m~");
        var changes = JsonMapper.shared().readTree(json.out()).path("changes");
        assertThat(changes.findValuesAsString("change"))
                .containsExactly("added", "changed", "removed");
        assertThat(changes.path(0).path("after").asString()).isEqualTo("20001");
        assertThat(changes.path(1).path("secret").asBoolean()).isTrue();
        assertThat(json.out() + text.out()).doesNotContain("canary", "u:p@");
        assertThat(shell.code()).isEqualTo(2);
        assertThat(door.desk.asked).isEmpty();
    }

    @Test
    void where_nothing_is_pending_the_difference_says_so() {
        Typed.at(door, "redeploy", "shop/production");

        assertThat(Typed.at(door, "env", "shop/production", "--diff").out())
                .isEqualTo("Nothing is pending.\n");
    }

    @Test
    void an_external_group_that_nobody_told_of_is_said_with_the_command_that_does() {
        door.desk.untold.add(GroupName.parse("mysql/legacy").orElseThrow());

        var typed = Typed.at(door, "env", "shop/production", "--pending");

        assertThat(typed.code()).isZero();
        assertThat(typed.err())
                .isEqualTo(
                        "assent: the external group mysql/legacy has no variables, since nobody told where"
                                + " it stands; tell it with: assent env set shop/production mysql/legacy"
                                + " --address HOST\n");
    }

    @Test
    void a_shell_gets_the_very_same_values_back_whatever_they_hold() throws Exception {
        var hostile =
                new TreeMap<>(
                        Map.of(
                                "A",
                                "it's $HOME `id` \"x\" \\ ;&|\n#\n",
                                "B",
                                "",
                                "C",
                                " -n ",
                                "D",
                                "é✓"));

        var script =
                VariableFormat.SHELL.write(hostile) + "printf '%s\\0' \"$A\" \"$B\" \"$C\" \"$D\"";

        assertThat(sh(script).split("\0", -1))
                .containsExactly(
                        hostile.get("A"), hostile.get("B"), hostile.get("C"), hostile.get("D"), "");
    }

    @Test
    void a_dotenv_line_that_needs_quotes_gets_those_that_expand_nothing() throws Exception {
        assertThat(dotenv("plain-1.2:3/4@5%6")).isEqualTo("A=plain-1.2:3/4@5%6\n");
        assertThat(dotenv("")).isEqualTo("A=''\n");
        assertThat(dotenv("a b#$HOME")).isEqualTo("A='a b#$HOME'\n");
        assertThat(dotenv("it's \"$x\" `y` \\ \n"))
                .isEqualTo("A=\"it's \\\"\\$x\\\" \\`y\\` \\\\ \\n\"\n");
        assertThat(sh(dotenv("it's \"$x\" `y` \\") + "printf %s \"$A\""))
                .isEqualTo("it's \"$x\" `y` \\");
    }

    @Test
    void a_name_that_could_run_something_is_not_written() {
        door.desk.pending.put("A=$(id);B", "x");

        var typed = Typed.at(door, "env", "shop/production", "--pending", "--format", "shell");

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.out()).isEmpty();
    }

    private static String dotenv(String value) {
        return VariableFormat.DOTENV.write(new TreeMap<>(Map.of("A", value)));
    }

    private static String sh(String script) throws Exception {
        var process = new ProcessBuilder("sh", "-c", script).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
