package dev.assent.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.assent.model.ApplicationName;
import dev.assent.model.Desired;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplesTest {

    private static final Pattern EXAMPLE = Pattern.compile("(?s)```(yaml|text)\n(.*?)```");

    /// Those of manifests; the server's configuration has samples of its own, and what a plan says
    /// of replication cannot be seen in a manifest alone.
    static List<Code> codes() {
        return Arrays.stream(Code.values()).filter(it -> !it.id().matches("ASN1[45]..")).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop", "blog", "clinic", "fleet", "clusters"})
    void good_samples_have_nothing_to_complain_about(String application) {
        assertThat(Samples.of(application).problems()).isEmpty();
    }

    @Test
    void old_forms_are_read_as_what_they_mean() {
        var vintage = Samples.of("vintage");

        assertThat(vintage.problems())
                .extracting(Problem::code)
                .containsExactly(Code.DEPRECATED, Code.MISPLACED_KEY, Code.DEPRECATED);
        assertThat(desired(vintage, "production").groups())
                .extracting(it -> it.name() + (it.external() ? " external" : ""))
                .containsExactly(
                        "postgresql/default",
                        "mysql/default",
                        "redis/default external",
                        "memcached/default external");
    }

    @Test
    void the_shop_has_two_versions_of_postgresql_and_a_redis_elsewhere() {
        assertThat(desired(Samples.of("shop"), "production").groups())
                .extracting(it ->
                        it.name()
                                + it.specification()
                                        .version()
                                        .map(version -> " " + version)
                                        .orElse(" external"))
                .containsExactly(
                        "postgresql/main 16", "postgresql/spare 17", "redis/default external");
    }

    @Test
    void the_clinic_has_an_environment_of_its_own_making() {
        var clinic = Samples.of("clinic");

        assertThat(desired(clinic, "acceptance").groups())
                .extracting(it -> it.name().toString(), it -> it.servers().size())
                .containsExactly(tuple("postgresql/default", 1), tuple("memcached/default", 0));
        var production = desired(clinic, "production").groups().getLast();
        assertThat(production.servers()).hasSize(2);
        assertThat(production.specification().settings())
                .containsEntry("encoding", "UTF8")
                .containsEntry("root_disk_size", "200");
        assertThat(production.backups()).isPresent();
    }

    @ParameterizedTest
    @MethodSource("codes")
    void every_code_has_a_broken_sample_that_shows_it_and_no_other(Code code) {
        var samples =
                Samples.broken().stream().filter(it -> it.name().startsWith(code.id())).toList();

        assertThat(samples).hasSize(1);
        var codes = samples.getFirst().problems().stream().map(Problem::code).distinct().toList();
        assertThat(codes)
                .containsExactlyElementsOf(
                        code == Code.MORE_PROBLEMS
                                ? List.of(Code.BAD_SERVER_NAME, code)
                                : List.of(code));
    }

    @Test
    void every_broken_sample_belongs_to_a_code() {
        var ids = Arrays.stream(Code.values()).map(Code::id).toList();

        assertThat(Samples.broken()).allMatch(it -> ids.contains(it.name().substring(0, 7)));
    }

    @ParameterizedTest
    @MethodSource("codes")
    void every_code_is_explained_with_a_wrong_and_a_right_example(Code code) {
        var page = Explanation.of(code);

        var examples = EXAMPLE.matcher(page).results().toList();

        assertThat(page).startsWith("# " + code.id() + "  " + code.title());
        assertThat(examples).hasSize(2);
        // What no page can show as it is (a hundred problems, a byte that is no character) is text.
        if (examples.getFirst().group(1).equals("yaml")) {
            assertThat(Manifests.codes(examples.getFirst().group(2))).containsOnly(code);
        }
        assertThat(Manifests.codes(examples.getLast().group(2))).isEmpty();
    }

    private static Desired desired(Samples.Sample sample, String environment) {
        return Manifests.valid(sample.text()).desired(new ApplicationName("it", environment));
    }
}
