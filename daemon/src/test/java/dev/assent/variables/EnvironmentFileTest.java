package dev.assent.variables;

import static dev.assent.plan.Given.SHOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.model.ApplicationName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A file of variables says the same to whoever reads it.
class EnvironmentFileTest {

    private static final String CHARACTERS = "ab1 '\"\\$`\n\t\r;#&|<>(){}[]*?!~%^=:/@,.é✓-";

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"sh", "bash"})
    void a_shell_reads_the_very_values(String shell) throws Exception {
        var values = values();
        var file = Files.writeString(folder.resolve("x.env"), EnvironmentFile.of(SHOP, values));
        var script = new StringBuilder("set -eu; unset HOME; . " + file + "; printf '%s\\0'");
        values.keySet().forEach(it -> script.append(" \"$").append(it).append('"'));

        var process =
                new ProcessBuilder(shell, "-c", script.toString())
                        .redirectErrorStream(true)
                        .start();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(out.split("\0")).containsExactlyElementsOf(values.values());
    }

    @Test
    void systemd_reads_the_very_values_by_the_rules_that_it_documents() {
        var values = values();

        assertThat(new SystemdRules(EnvironmentFile.of(SHOP, values)).variables())
                .isEqualTo(values);
    }

    @Test
    void generated_values_are_written_as_they_are() {
        var text =
                EnvironmentFile.of(
                        SHOP, new TreeMap<>(Map.of("MYSQL_URL", "mysql://a:b2@127.0.0.1:1/c")));

        assertThat(text)
                .isEqualTo(
                        """
                        # Written by Assent for shop/production at each redeploy; what is changed here is lost then.
                        MYSQL_URL=mysql://a:b2@127.0.0.1:1/c
                        """);
    }

    @Test
    void whose_a_file_is_stands_in_its_first_line() {
        var text = EnvironmentFile.of(SHOP, new TreeMap<>());

        assertThat(EnvironmentFile.isOurs(text)).isTrue();
        assertThat(EnvironmentFile.isOf(SHOP, text)).isTrue();
        assertThat(EnvironmentFile.isOf(new ApplicationName("shop", "prod"), text)).isFalse();
        assertThat(EnvironmentFile.isOurs("A=1\n" + text)).isFalse();
    }

    /// Hostile ones, and 500 that a seed makes of what is dangerous.
    private static SortedMap<String, String> values() {
        var hostile =
                new ArrayList<>(
                        List.of(
                                "plain",
                                "two words",
                                "it's",
                                "\"",
                                "\\",
                                "\\n",
                                "$HOME",
                                "`id`",
                                "a\\",
                                "'\\'",
                                " x ",
                                "#no",
                                ";no",
                                "a\nb",
                                "\n",
                                "\r\n",
                                "!x!",
                                "it's $HOME `id` \"x\" \\ \\\" \\$ ;&|",
                                "~",
                                "*",
                                "'\n'"));
        var random = new Random(20_261_125);
        for (var i = 0; i < 500; i++) {
            var text = new StringBuilder();
            for (var length = random.nextInt(1, 12); length > 0; length--) {
                text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
            }
            hostile.add(text.toString());
        }
        var values = new TreeMap<String, String>();
        for (var value : hostile) values.put("V_%03d".formatted(values.size()), value);
        return values;
    }

    /// What systemd.exec(5) says of `EnvironmentFile=`.
    private static final class SystemdRules {

        private final String text;
        private int at;

        SystemdRules(String text) {
            this.text = text;
        }

        SortedMap<String, String> variables() {
            var variables = new TreeMap<String, String>();
            while (at < text.length()) {
                if (text.charAt(at) == '#' || text.charAt(at) == ';') {
                    at = text.indexOf('\n', at) + 1;
                    continue;
                }
                var equals = text.indexOf('=', at);
                var name = text.substring(at, equals);
                at = equals + 1;
                variables.put(name, value());
            }
            return variables;
        }

        private String value() {
            var value = new StringBuilder();
            switch (text.charAt(at)) {
                case '\'' -> {
                    var end = text.indexOf('\'', at + 1);
                    value.append(text, at + 1, end);
                    at = end + 1;
                }
                case '"' -> doubleQuoted(value);
                default -> unquoted(value);
            }
            assertThat(text.charAt(at++)).as("after " + value).isEqualTo('\n');
            return value.toString();
        }

        private void doubleQuoted(StringBuilder value) {
            for (at++; text.charAt(at) != '"'; at++) {
                if (text.charAt(at) == '\\' && "\"\\`$\n".indexOf(text.charAt(at + 1)) >= 0) {
                    at++;
                    if (text.charAt(at) == '\n') continue;
                }
                value.append(text.charAt(at));
            }
            at++;
        }

        private void unquoted(StringBuilder value) {
            for (; text.charAt(at) != '\n'; at++) {
                assertThat("\\ \t\r").doesNotContain("" + text.charAt(at));
                value.append(text.charAt(at));
            }
        }
    }
}
