package dev.assent.provider.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreesTest {

    @TempDir Path folder;
    private Path tree;
    private Path elsewhere;

    @BeforeEach
    void plant() throws IOException {
        tree = Files.createDirectories(folder.resolve("tree"));
        elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("secret"), "not yours");
        Files.createDirectories(tree.resolve("branch/twig"));
        Files.writeString(tree.resolve("branch/leaf"), "green");
        Files.createSymbolicLink(tree.resolve("branch/link"), elsewhere);
        Files.createSymbolicLink(tree.resolve("file-link"), elsewhere.resolve("secret"));
    }

    @Test
    void deleting_takes_everything_and_follows_no_link() throws IOException {
        Trees.delete(tree);
        Trees.delete(tree);

        assertThat(tree).doesNotExist();
        assertThat(elsewhere.resolve("secret")).hasContent("not yours");
    }

    @Test
    void a_size_is_that_of_what_is_there_and_not_of_what_is_linked() throws IOException {
        Files.write(elsewhere.resolve("secret"), new byte[1_000_000]);
        Files.write(tree.resolve("branch/fruit"), new byte[10_000]);

        assertThat(Trees.size(tree)).isBetween(10_000L, 20_000L);
    }

    @Test
    void copying_takes_what_is_wanted_and_follows_no_link() throws IOException {
        Files.writeString(tree.resolve("branch/unwanted"), "brown");
        var copy = Files.createDirectory(folder.resolve("copy"));
        var made = new ArrayList<Path>();

        Trees.copy(tree, copy, it -> !it.endsWith("unwanted"), made::add);

        assertThat(copy.resolve("branch/leaf")).hasContent("green");
        assertThat(made)
                .containsExactlyInAnyOrder(
                        copy.resolve("branch"),
                        copy.resolve("branch/twig"),
                        copy.resolve("branch/leaf"));
        assertThat(copy.resolve("branch")).isDirectoryNotContaining("glob:**{link,unwanted}");
    }
}
