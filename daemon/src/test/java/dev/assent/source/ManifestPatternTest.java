package dev.assent.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestPatternTest {

    @ParameterizedTest
    @CsvSource({
        "apps/{app}/manifest.yml, apps/shop/manifest.yml, shop",
        "apps/{app}/manifest.yml, apps/shop.v2_x-1/manifest.yml, shop.v2_x-1",
        "{app}.yml, shop.yml, shop",
        "{app}.yml, shop.yml.yml, shop.yml",
        "teams/*/{app}-manifest.yml, teams/blue/shop-manifest.yml, shop",
        "a.b/{app}/m+(x).yml, a.b/shop/m+(x).yml, shop",
        "apps/*/*.yml, apps/x/y.yml, platform",
        "*, anything, platform",
        ".cloud66/manifest.yml, .cloud66/manifest.yml, platform"
    })
    void a_path_names_its_application(String pattern, String path, String app) {
        assertThat(new ManifestPattern(pattern).applicationAt(path, "platform")).contains(app);
    }

    @ParameterizedTest
    @CsvSource({
        "apps/{app}/manifest.yml, apps/shop/manifest.yaml",
        "apps/{app}/manifest.yml, apps/shop/deeper/manifest.yml",
        "apps/{app}/manifest.yml, apps//manifest.yml",
        "apps/{app}/manifest.yml, /apps/shop/manifest.yml",
        "apps/{app}/manifest.yml, apps/shop",
        "apps/{app}/manifest.yml, APPS/shop/manifest.yml",
        "a.b/manifest.yml, axb/manifest.yml",
        "apps/*.yml, apps/x/y.yml",
        ".cloud66/manifest.yml, x/.cloud66/manifest.yml"
    })
    void another_path_is_no_manifest(String pattern, String path) {
        assertThat(new ManifestPattern(pattern).applicationAt(path, "platform")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "apps/../manifest.yml",
                "apps/./manifest.yml",
                "apps/.hidden/manifest.yml",
                "apps/-x/manifest.yml",
                "apps/a b/manifest.yml",
                "apps/$(id)/manifest.yml",
                "apps/a\nb/manifest.yml",
                "apps/a\u001b[31m/manifest.yml",
                "apps/a\u202e/manifest.yml",
                "apps/a\\b/manifest.yml"
            })
    void what_stands_for_the_application_must_be_able_to_name_one(String path) {
        assertThat(new ManifestPattern("apps/{app}/manifest.yml").applicationAt(path, "platform"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"apps/../x.yml", "apps/a\u001b[2J/x.yml", "apps/a\u202eb/x.yml"})
    void a_star_stands_for_nothing_that_would_mislead_in_a_message(String path) {
        assertThat(new ManifestPattern("apps/*/x.yml").applicationAt(path, "platform")).isEmpty();
    }

    @Test
    void an_application_has_at_most_100_characters() {
        var pattern = new ManifestPattern("{app}/manifest.yml");

        assertThat(pattern.applicationAt("a".repeat(100) + "/manifest.yml", "x")).isPresent();
        assertThat(pattern.applicationAt("a".repeat(101) + "/manifest.yml", "x")).isEmpty();
    }

    @Test
    void only_folders_in_which_a_manifest_can_be_are_entered() {
        var pattern = new ManifestPattern("teams/*/{app}/manifest.yml");

        assertThat(pattern.reachesInto("teams", _ -> true)).isTrue();
        assertThat(pattern.reachesInto("teams/blue", _ -> true)).isTrue();
        assertThat(pattern.reachesInto("teams/blue/shop", _ -> true)).isTrue();
        assertThat(pattern.reachesInto("teams/blue/shop/manifest.yml", _ -> true)).isFalse();
        assertThat(pattern.reachesInto("teams/blue/shop", "shop"::equals)).isTrue();
        assertThat(pattern.reachesInto("teams/blue/blog", "shop"::equals)).isFalse();
        assertThat(pattern.reachesInto("node_modules", _ -> true)).isFalse();
        assertThat(pattern.reachesInto("teams/blue/shop/deeper", _ -> true)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|empty",
                "' '|empty",
                "/apps/{app}.yml|relative to the repository",
                "apps/../{app}.yml|no folders of a repository",
                "./{app}.yml|no folders of a repository",
                "apps//{app}.yml|no folders of a repository",
                "apps/|no folders of a repository",
                "{app}/{app}.yml|once",
                "{app}{app}.yml|once",
                "{env}/{app}.yml|only placeholder",
                "apps/{app/x.yml|only placeholder",
                "apps/app}/x.yml|only placeholder",
                "apps/**/manifest.yml|one pattern for each depth",
                "apps\\{app}.yml|separated by `/`"
            })
    void a_pattern_that_makes_no_sense_is_refused_with_the_reason(String text, String reason) {
        assertThatThrownBy(() -> new ManifestPattern(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("`" + text + "`")
                .hasMessageContaining(reason);
    }

    @Test
    void a_pattern_with_control_characters_is_refused_without_printing_them() {
        assertThatThrownBy(() -> new ManifestPattern("apps/\u001b[2J{app}.yml"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("control characters")
                .hasMessageNotContaining("\u001b");
    }

    @Test
    void patterns_are_equal_by_their_text() {
        assertThat(new ManifestPattern("{app}.yml"))
                .isEqualTo(new ManifestPattern("{app}.yml"))
                .hasSameHashCodeAs(new ManifestPattern("{app}.yml"))
                .isNotEqualTo(new ManifestPattern("{app}.yaml"))
                .hasToString("{app}.yml");
    }
}
