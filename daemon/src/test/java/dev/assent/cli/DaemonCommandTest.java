package dev.assent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.http.Listen;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DaemonCommandTest {

    private final List<Path> folders = new ArrayList<>();
    private final List<Listen> listens = new ArrayList<>();
    private final Launch launch =
            (configuration, state, run, listen, _, _) -> {
                folders.addAll(List.of(configuration, state, run));
                listen.ifPresent(listens::add);
                return 0;
            };

    @Test
    void what_a_unit_says_is_understood_without_the_whole_command_line() {
        var plain =
                plain("daemon --config c.yml --state s --run r --listen 127.0.0.1:1").orElseThrow();

        assertThat(plain.installation.configuration).contains(Path.of("c.yml"));
        assertThat(plain.installation.state).isEqualTo(Path.of("s"));
        assertThat(plain.installation.run).contains(Path.of("r"));
        assertThat(plain.listen).contains("127.0.0.1:1");
        assertThat(plain("daemon").orElseThrow().installation.state)
                .isEqualTo(Path.of("/var/lib/assent"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "daemon --help",
                "daemon --config",
                "daemon --config --state s",
                "daemon --config=c.yml",
                "daemon --listen 80",
                "daemon --sate s",
                "daemon more",
                "status --run r",
                "status",
            })
    void whatever_takes_more_to_understand_is_left_to_the_whole_command_line(String line) {
        assertThat(plain(line)).isEmpty();
        assertThat(Stream.of(folders, listens)).allMatch(List::isEmpty);
    }

    private Optional<DaemonCommand> plain(String line) {
        return DaemonCommand.plain(Terminal.ofThisProcess(), launch, line.split(" "));
    }
}
