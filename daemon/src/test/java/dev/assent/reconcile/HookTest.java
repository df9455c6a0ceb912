package dev.assent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assent.state.HookRun;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Real programs.
@Timeout(60)
class HookTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir Path folder;

    @Test
    void a_hook_that_ends_with_code_0_has_succeeded_and_its_words_are_kept() {
        var run = sh("echo out; echo err >&2", LONG);

        assertThat(run.succeeded()).isTrue();
        assertThat(run.output()).isEqualTo("out\nerr\n");
    }

    @Test
    void another_code_a_signal_and_a_program_that_is_not_there_are_failures() {
        assertThat(sh("exit 3", LONG).ended()).isEqualTo("ended with code 3");
        assertThat(sh("kill -9 $$", LONG).succeeded()).isFalse();
        var missing = run(List.of("/no/such/program"), LONG);
        assertThat(missing.succeeded()).isFalse();
        assertThat(missing.output()).contains("/no/such/program");
    }

    @Test
    void arguments_are_no_shells_business() {
        var run = run(List.of("printf", "%s", "$HOME; `id` > x"), LONG);

        assertThat(run.output()).isEqualTo("$HOME; `id` > x");
    }

    @Test
    void the_environment_holds_what_it_is_told_and_hardly_anything_else() {
        var run = Hook.run(List.of("env"), Map.of("ASSENT_APPLICATION", "shop"), LONG, nothing());

        assertThat(run.output().lines().map(it -> it.replaceFirst("=.*", "")))
                .contains("ASSENT_APPLICATION", "PATH", "LANG")
                .isSubsetOf("ASSENT_APPLICATION", "PATH", "LANG", "HOME");
    }

    @Test
    void a_hook_that_waits_for_input_gets_none() {
        assertThat(sh("read line; echo got:$line", LONG).output()).isEqualTo("got:\n");
    }

    @Test
    void a_hook_that_takes_too_long_is_killed_with_all_that_it_started() throws Exception {
        // One child of its own, one that ignores being asked, one whose parent has ended.
        var pids = folder.resolve("pids");
        var script =
                """
                sleep 300 & echo $! >> %1$s
                sh -c 'trap "" TERM; echo $$ >> %1$s; while :; do sleep 0.1; done' &
                sh -c 'sleep 300 & echo $! >> %1$s'
                echo before
                wait
                """
                        .formatted(pids);
        var run = sh(script, Duration.ofSeconds(2));

        assertThat(run.succeeded()).isFalse();
        assertThat(run.ended()).isEqualTo("took longer than 2 s and was killed");
        // A shell that is killed a moment after its children may still say that they were.
        assertThat(run.output()).startsWith("before\n");
        assertThat(Files.readAllLines(pids)).hasSize(3).noneMatch(HookTest::lives);
    }

    @Test
    void what_a_hook_leaves_running_keeps_nobody_waiting() throws Exception {
        var pid = folder.resolve("pid");

        var run = sh("sleep 300 & echo $! > " + pid + "; echo done", LONG);

        assertThat(run.succeeded()).isTrue();
        assertThat(run.output()).isEqualTo("done\n");
        var left = Long.parseLong(Files.readString(pid).strip());
        assertThat(lives(Long.toString(left))).isTrue();
        ProcessHandle.of(left).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void whoever_is_told_to_end_ends_the_hook() throws Exception {
        var pid = folder.resolve("pid");
        var done = new CompletableFuture<HookRun>();
        var thread =
                Thread.ofPlatform()
                        .start(() -> done.complete(sh("echo $$ > " + pid + "; sleep 300", LONG)));
        await().until(() -> Files.exists(pid) && Files.readString(pid).endsWith("\n"));

        thread.interrupt();

        assertThat(done.get(20, TimeUnit.SECONDS).ended()).contains("told to end");
        assertThat(lives(Files.readString(pid).strip())).isFalse();
    }

    @Test
    void of_much_output_the_last_64_KiB_are_kept() {
        var run = sh("i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i+1)); done", LONG);

        assertThat(run.output().getBytes(StandardCharsets.UTF_8)).hasSize(64 * 1024);
        assertThat(run.output()).endsWith("line 19999\n");
    }

    @Test
    void secrets_are_taken_out_as_they_are_and_as_they_stand_in_urls() {
        var run =
                Hook.run(
                        List.of("printf", "%s", "p@ss p%40ss p@ssword longer-p@ss"),
                        Map.of(),
                        LONG,
                        new Redaction(List.of("p@ss", "p@ssword")));

        assertThat(run.output()).isEqualTo("[secret] [secret] [secret] longer-[secret]");
    }

    @Test
    void no_piece_of_a_secret_is_left_where_the_beginning_is_cut_off() {
        var secret = "SECRETSECRETSECRETSECRETSECRET42";
        // Wherever the cut falls; what is taken out further down makes room for what is before it.
        for (var length = 64 * 1024 - 4 * secret.length(); length < 64 * 1024 + 70; length += 7) {
            var printed = new Printed(new Redaction(List.of(secret)));
            var text = secret + "x".repeat(length) + secret.repeat(4) + "x";
            printed.drain(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));

            assertThat(printed.text()).doesNotContain("T42").endsWith("[secret]x");
        }
    }

    private static boolean lives(String pid) {
        return ProcessHandle.of(Long.parseLong(pid)).map(ProcessHandle::isAlive).orElse(false);
    }

    private static Redaction nothing() {
        return new Redaction(List.of());
    }

    private static HookRun sh(String script, Duration limit) {
        return run(List.of("sh", "-c", script), limit);
    }

    private static HookRun run(List<String> command, Duration limit) {
        return Hook.run(command, Map.of(), limit, nothing());
    }
}
