package dev.assent.manifest;

import static dev.assent.manifest.Manifests.codes;
import static dev.assent.manifest.Manifests.group;
import static dev.assent.manifest.Manifests.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.model.Version;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionsTest {

    @ParameterizedTest
    @CsvSource({"8.0,8.0", "'\"8.0\"',8.0", "5.10,5.10", "17,17", "9.3.4,9.3.4", "'''17''',17"})
    void a_version_is_what_is_written(String written, String version) {
        assertThat(
                        group("mysql: {configuration: {version: " + written + "}}")
                                .specification()
                                .version())
                .contains(new Version(version));
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.0", "17", "12.9", "9.3.4", "\"5.10\""})
    void an_unquoted_version_that_no_reader_changes_is_fine(String written) {
        assertThat(codes("mysql: {configuration: {version: " + written + "}}")).isEmpty();
    }

    @Test
    void an_unquoted_version_that_other_readers_change_is_a_warning_with_the_repaired_line() {
        var problem = problem("mongodb:\n  configuration:\n    version: 5.10   # new\n");

        assertThat(problem.code()).isEqualTo(Code.VERSION_AS_NUMBER);
        assertThat(problem.mended()).containsExactly("    version: \"5.10\"   # new");
    }

    @ParameterizedTest
    @CsvSource({
        "v17,17",
        "~> 8.0,8.0",
        "8.0-rc1,8.0",
        "17.x,17",
        "8.0 LTS,8.0",
        "“8.0”,8.0",
        "8.0;,8.0"
    })
    void what_is_no_version_is_an_error_that_suggests_one(String written, String suggested) {
        var problem = problem("mysql: {configuration: {version: " + written + "}}");

        assertThat(problem.code()).isEqualTo(Code.BAD_VERSION);
        assertThat(problem.suggestion()).contains("did you mean `" + suggested + "`?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "0x11", "1e3", "1_0.5", "2020-01-01", "topsecret1", ".5"})
    void what_holds_no_version_is_not_guessed_at(String written) {
        assertThat(problem("mysql: {configuration: {version: " + written + "}}").suggestion())
                .contains("leave `version` out for the newest one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[8]", "{major: 8}", "true"})
    void a_version_is_no_list_no_mapping_and_not_true(String written) {
        assertThat(codes("mysql: {configuration: {version: " + written + "}}"))
                .containsExactly(Code.WRONG_TYPE);
    }
}
