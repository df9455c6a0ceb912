package dev.assent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.http.Door;
import dev.assent.http.Reload;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReloadTest {

    @TempDir private Path runFolder;

    @Test
    void what_counts_now_is_said_with_what_has_changed() throws Exception {
        try (var door = new Door(runFolder)) {
            door.desk.reload = new Reload.Taken(List.of("policy", "repository shop is new"));
            assertThat(Typed.at(door, "config", "reload").out())
                    .isEqualTo(
                            "The configuration is in force. Changed: policy, repository shop is"
                                    + " new.\n");
            assertThat(Typed.at(door, "config", "reload", "--format", "json").out())
                    .contains("\"repository shop is new\"");

            door.desk.reload = new Reload.Taken(List.of());
            assertThat(Typed.at(door, "config", "reload").out())
                    .isEqualTo("The configuration is in force. Nothing has changed.\n");
        }
    }

    @Test
    void what_is_wrong_is_said_and_that_nothing_has_changed() throws Exception {
        try (var door = new Door(runFolder)) {
            door.desk.reload = new Reload.Refused("assent.yml:2:1  ASN1205  no key `x` here");

            var typed = Typed.at(door, "config", "reload");

            assertThat(typed.code()).isEqualTo(1);
            assertThat(typed.err())
                    .contains("the former one stays in force:\nassent.yml:2:1  ASN1205");
        }
    }
}
