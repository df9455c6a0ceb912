package dev.assent.provider.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.assent.provider.ProviderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalWorkbenchTest {

    @TempDir Path folder;
    private LocalWorkbench workbench;

    @BeforeEach
    void open() {
        workbench = new LocalWorkbench(folder, new ServersUser("ourselves", 0, 0, false));
    }

    private static List<String> program(String text) {
        return List.of("/bin/sh", "-c", text);
    }

    @Test
    void a_program_that_goes_on_by_itself_is_told_to_end_once_it_has_said_the_word() {
        var server =
                "trap 'echo ended >told; exit 0' TERM; echo is ready now; while :; do sleep 0.01; done";

        workbench.run(program(server), "ready");

        assertThat(folder.resolve("told")).hasContent("ended");
    }

    @Test
    void one_that_ends_before_is_an_error_that_says_what_it_printed() {
        assertThatThrownBy(() -> workbench.run(program("echo no such table"), "ready"))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("no such table");
    }

    @Test
    void an_interrupt_ends_a_program_that_prints_nothing() throws Exception {
        var pid = folder.resolve("pid");
        var failure = new CompletableFuture<Throwable>();
        var runs =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                workbench.run(program("echo $$ >pid; exec sleep 600"));
                            } catch (ProviderException e) {
                                failure.complete(e);
                            }
                        });
        await().ignoreExceptions().until(() -> !Files.readString(pid).isBlank());

        runs.interrupt();

        assertThat(failure.get(10, TimeUnit.SECONDS)).hasMessageContaining("interrupted");
        var process = Long.parseLong(Files.readString(pid).strip());
        await().until(() -> ServerProcess.of(process).isEmpty());
    }

    @Test
    void what_is_printed_goes_to_a_file_and_a_program_that_fails_leaves_none() throws IOException {
        var output = folder.resolve("output");

        workbench.run(program("echo row"), output);
        assertThat(output).hasContent("row");

        assertThatThrownBy(() -> workbench.run(program("echo row; echo why >&2; exit 3"), output))
                .hasMessageContaining("exit code 3")
                .hasMessageContaining("why");
        assertThat(output).doesNotExist();
    }

    @Test
    void a_folder_is_deleted_with_what_is_in_it_and_a_link_without_what_it_leads_to()
            throws IOException {
        var elsewhere = Files.createDirectories(folder.resolve("elsewhere/slot"));
        Files.writeString(elsewhere.resolve("state"), "kept");
        var slots = Files.createDirectories(folder.resolve("slots/one"));
        Files.writeString(slots.resolve("state"), "gone");
        Files.createSymbolicLink(folder.resolve("slots/two"), elsewhere);
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("elsewhere"));

        workbench.delete(folder.resolve("slots"));
        workbench.delete(folder.resolve("link"));
        workbench.delete(folder.resolve("nothing"));

        assertThat(folder).isDirectoryNotContaining("glob:**/{slots,link}");
        assertThat(elsewhere.resolve("state")).hasContent("kept");
    }
}
