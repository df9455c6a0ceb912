package dev.assent.cli;

import static dev.assent.plan.Given.existing;
import static dev.assent.plan.Given.recorded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.http.Door;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/// env set and env unset.
class EnvSetTest {

    @TempDir Path runFolder;
    private Door door;

    @BeforeEach
    void open() throws Exception {
        door = new Door(runFolder);
        door.desk.records.add(recorded(1, existing("postgresql/main")));
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void where_a_group_stands_is_told_with_its_password_from_a_file(@TempDir Path folder)
            throws Exception {
        var password = Files.writeString(folder.resolve("password"), "pass word\n");

        var typed =
                Typed.at(
                        door,
                        "env",
                        "set",
                        "shop/production",
                        "mysql/legacy",
                        "--address=db.example.org",
                        "--username=app",
                        "--database=shop",
                        "--password-file=" + password);

        assertThat(typed.out())
                .isEqualTo(
                        "mysql/legacy of shop/production stands at db.example.org:3306; pending until:"
                                + " assent redeploy shop/production\n");
        assertThat(typed.err()).isEmpty();
        assertThat(door.desk.told)
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.endpoint().port()).isEqualTo(3306);
                    assertThat(it.username()).contains("app");
                    assertThat(it.database()).contains("shop");
                    assertThat(it.password().orElseThrow().reveal()).isEqualTo("pass word");
                });
        assertThat(door.desk.asked)
                .containsExactly("told of mysql/legacy of shop/production by ada");
    }

    @Test
    void where_a_group_stands_is_told_with_its_password_from_standard_input() {
        var typed =
                Typed.reading(
                        "s3cret\n",
                        "env",
                        "set",
                        "--run=" + runFolder,
                        "shop/production",
                        "mysql/legacy",
                        "--address=10.0.0.9",
                        "--port=3307",
                        "--password-stdin",
                        "--format=json");

        assertThat(typed.code()).isZero();
        assertThat(JsonMapper.shared().readTree(typed.out()).path("endpoint").asString())
                .isEqualTo("10.0.0.9:3307");
        assertThat(typed.out()).doesNotContain("s3cret");
        assertThat(door.desk.told.getFirst().password().orElseThrow().reveal()).isEqualTo("s3cret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "set shop/production mysql/legacy                       | missing required option: '--address=HOST'",
                "set shop mysql/legacy --address=x                      | `shop` is not an application",
                "set shop/production legacy --address=x                 | `legacy` is not a group",
                "set shop/production mysql/a --address=x --password-file=/no/such | could not read the password",
                "set shop/production mysql/a --address=x --password-stdin | standard input does not hold a password",
                "set shop/production mysql/a --address=x --password-stdin --password-file=x | --password-file=FILE, --password-stdin are mutually exclusive",
                "unset shop/production                                  | missing required parameter: 'ENGINE/GROUP'",
                "--pending                                              | missing required parameter: 'APP/ENV'; name the application",
            })
    void what_is_missing_or_wrong_is_said_and_nothing_is_told(String line, String says) {
        var words = new java.util.ArrayList<>(java.util.List.of("env"));
        words.addAll(java.util.List.of(line.strip().split(" +")));

        var typed = Typed.at(door, words.toArray(String[]::new));

        assertThat(typed.err()).startsWith("assent: " + says);
        assertThat(typed.code()).isEqualTo(2);
        assertThat(door.desk.asked).isEmpty();
    }

    @Test
    void what_the_daemon_refuses_is_no_and_what_was_told_can_be_forgotten() {
        door.desk.refusal =
                Optional.of("apps/shop/manifest.yml:3:5 declares mysql/legacy otherwise");
        var refused =
                Typed.at(door, "env", "set", "shop/production", "mysql/legacy", "--address=x");
        door.desk.refusal = Optional.empty();
        var forgotten = Typed.at(door, "env", "unset", "shop/production", "mysql/legacy");
        var bad =
                Typed.at(
                        door,
                        "env",
                        "set",
                        "shop/production",
                        "redis/a",
                        "--address=x",
                        "--username=u");

        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("apps/shop/manifest.yml:3:5");
        assertThat(forgotten.out()).startsWith("it is forgotten where mysql/legacy");
        assertThat(bad.code()).isEqualTo(1);
        assertThat(bad.err()).isEqualTo("assent: redis knows no users; leave the user out\n");
    }

    @Test
    void help_shows_the_commands_below_env_too() {
        var env = Typed.at(door, "env", "--help");
        var set = Typed.at(door, "env", "set", "--help");

        assertThat(env.out())
                .contains(
                        "assent env APP/ENV", "--diff", "For groups that stand elsewhere", "unset");
        assertThat(set.out()).startsWith("Usage: assent env set").contains("--password-stdin");
    }
}
