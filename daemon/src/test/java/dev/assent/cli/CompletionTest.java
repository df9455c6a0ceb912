package dev.assent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompletionTest {

    @Test
    void bash_completes_commands_and_options() throws Exception {
        var script = typed("bash").out();

        assertThat(complete(script, "assent", "ap")).contains("approve", "apply");
        assertThat(complete(script, "assent", "approve", "--ho"))
                .containsExactly("--hold-destructive");
        assertThat(complete(script, "assent", "status", "--format", "j")).containsExactly("json");
        assertThat(complete(script, "assent", "env", "un")).containsExactly("unset");
        assertThat(complete(script, "assent", "env", "set", "--pa"))
                .containsExactlyInAnyOrder("--password-file", "--password-stdin");
        assertThat(complete(script, "assent", "env", "--di")).containsExactly("--diff");
        assertThat(complete(script, "assent", "plan", "--format", "m")).containsExactly("markdown");
        assertThat(complete(script, "assent", "show", "--format", "m")).containsExactly("markdown");
    }

    @Test
    void zsh_gets_a_script_that_knows_it() {
        assertThat(typed("zsh").out()).contains("bashcompinit");
    }

    @Test
    void fish_gets_a_line_for_each_command_and_option() {
        assertThat(typed("fish").out())
                .startsWith("complete -c assent -f\n")
                .contains(
                        "complete -c assent -n __fish_use_subcommand -a approve -d 'Say yes to a"
                                + " plan.'\n",
                        "complete -c assent -n '__fish_seen_subcommand_from status' -l format -x -a"
                                + " 'text json' -d 'What to print: text, json'\n",
                        "complete -c assent -n '__fish_seen_subcommand_from approve' -s q -l quiet"
                                + " -d 'Don\\'t print the plan.'\n",
                        "complete -c assent -n '__fish_seen_subcommand_from daemon' -l config -r -F"
                                + " -d 'The configuration'\n")
                .contains(
                        "complete -c assent -n '__fish_seen_subcommand_from env' -a unset -d 'Forget"
                                + " where an external group stands.'\n",
                        "complete -c assent -n '__fish_seen_subcommand_from env; and"
                                + " __fish_seen_subcommand_from set' -l password-file -r -F -d 'A file")
                .contains("from completion' -a 'bash zsh fish'\n")
                .doesNotContain("${");
    }

    @Test
    void another_shell_is_refused_with_those_there_are() {
        var typed = typed("tcsh");

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err()).contains("tcsh", "bash, zsh, fish");
    }

    private static Typed typed(String shell) {
        return Typed.run(false, Map.of(), "completion", shell);
    }

    /// What bash offers for the last word.
    private static List<String> complete(String script, String... words) throws Exception {
        var question =
                """
                %s
                COMP_WORDS=(%s); COMP_CWORD=%d; COMP_LINE="${COMP_WORDS[*]}"; COMP_POINT=${#COMP_LINE}
                COMP_TYPE=9
                _complete_assent "assent" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
                printf '%%s\\n' "${COMPREPLY[@]}"
                """
                        .formatted(script, String.join(" ", words), words.length - 1);
        var bash = new ProcessBuilder("bash", "-s").redirectError(Redirect.DISCARD).start();
        try (var in = bash.getOutputStream()) {
            in.write(question.getBytes(StandardCharsets.UTF_8));
        }
        var out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return out.lines().map(String::strip).filter(it -> !it.isEmpty()).toList();
    }
}
