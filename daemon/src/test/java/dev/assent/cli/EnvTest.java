package dev.assent.cli;

import static dev.assent.plan.Given.existing;
import static dev.assent.plan.Given.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.http.Door;
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
