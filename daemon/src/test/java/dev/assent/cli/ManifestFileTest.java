package dev.assent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestFileTest {

    @TempDir Path folder;

    @Test
    void below_a_folder_every_manifest_is_found_and_named_after_its_folder() throws Exception {
        file("apps/shop/manifest.yml");
        file("apps/blog/.cloud66/manifest.yml");
        file("apps/wiki/manifest.yaml");
        file("apps/shop/other.yml");
        file("apps/.git/manifest.yml");
        Files.createSymbolicLink(folder.resolve("apps/again"), folder.resolve("apps/shop"));

        var found = at(folder.resolve("apps"));

        assertThat(found).extracting(ManifestFileTest::app).containsExactly("blog", "shop", "wiki");
    }

    @Test
    void a_link_to_a_folder_that_was_named_is_followed() throws Exception {
        file("releases/7/shop/manifest.yml");
        var current = folder.resolve("current");
        Files.createSymbolicLink(current, folder.resolve("releases/7"));

        assertThat(at(current))
                .extracting(ManifestFile::name)
                .containsExactly(current + "/shop/manifest.yml");
    }

    @Test
    void a_hidden_folder_that_was_named_is_looked_into() throws Exception {
        file("shop/.cloud66/manifest.yml");

        assertThat(at(folder.resolve("shop/.cloud66")))
                .extracting(ManifestFileTest::app)
                .containsExactly("shop");
    }

    @Test
    void a_file_is_taken_whatever_it_is_called() throws Exception {
        file("shop/databases.txt");

        assertThat(at(folder.resolve("shop/databases.txt")))
                .extracting(ManifestFileTest::app)
                .containsExactly("shop");
    }

    @Test
    void nothing_there_and_nothing_in_there_are_told_apart() throws Exception {
        file("empty/readme");

        assertThatThrownBy(() -> at(folder.resolve("nowhere")))
                .isInstanceOf(Stop.class)
                .hasMessageStartingWith("there is nothing at ");
        assertThatThrownBy(() -> at(folder.resolve("empty")))
                .isInstanceOf(Stop.class)
                .hasMessageStartingWith("no manifest lies below ");
    }

    @Test
    void a_folder_that_can_name_no_application_asks_for_a_name() throws Exception {
        file("- shop -/manifest.yml");
        var app = new AppOption();

        var found = at(folder).getFirst();

        assertThat(found.app()).isEmpty();
        assertThatThrownBy(() -> app.of(found, "production"))
                .hasMessageEndingWith("give --app APP");
    }

    @Test
    void a_dash_is_standard_input_which_names_no_application() {
        var input = new ByteArrayInputStream(new byte[] {'a'});

        var found = ManifestFiles.at(Path.of("-"), input).files().getFirst();

        assertThat(found.name()).isEqualTo("<stdin>");
        assertThat(found.app()).isEmpty();
        assertThat(found.bytes()).containsExactly('a');
    }

    @Test
    void what_cannot_be_read_is_said_with_its_reason() {
        var found = at(Path.of("/proc/self/mem")).getFirst();

        assertThatThrownBy(found::bytes)
                .isInstanceOf(Stop.class)
                .hasMessageStartingWith("could not read /proc/self/mem: ");
    }

    @Test
    void what_the_shell_has_opened_is_read_and_names_no_application() throws Exception {
        file("shop/manifest.yml");
        var file = folder.resolve("shop/manifest.yml");
        Files.writeString(file, "a");
        try (var _ = new FileInputStream(file.toFile())) {
            var found = at(descriptorOf(file)).getFirst();

            assertThat(found.app()).isEmpty();
            assertThat(found.bytes()).containsExactly('a');
        }
    }

    private static Path descriptorOf(Path file) throws IOException {
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            var number =
                    descriptors
                            .filter(it -> leadsTo(file, it))
                            .map(Path::getFileName)
                            .findFirst()
                            .orElseThrow();
            return Path.of("/dev/fd").resolve(number);
        }
    }

    private static boolean leadsTo(Path file, Path descriptor) {
        try {
            return Files.isSameFile(file, descriptor);
        } catch (IOException _) {
            return false;
        }
    }

    private static List<ManifestFile> at(Path path) {
        return ManifestFiles.at(path, InputStream.nullInputStream()).files();
    }

    private static String app(ManifestFile file) {
        return file.app().orElseThrow();
    }

    private void file(String path) throws IOException {
        var file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
    }
}
