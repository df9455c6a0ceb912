package dev.assent.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.manifest.Tree.Kind;
import org.junit.jupiter.api.Test;

class TreeTest {

    @Test
    void every_value_knows_its_place() {
        var tree = tree("a:\n  b: [1, 'zwei']\n  ü🐘: x\n\nc: |\n  text\n  more\n");

        var a = tree.mapping("a").orElseThrow();
        assertThat(a.place()).hasToString("f:2:3");
        assertThat(a.place().endLine()).isEqualTo(3);
        assertThat(a.list("b").getLast().place()).hasToString("f:2:10");
        assertThat(a.list("b").getLast().place().endColumn()).isEqualTo(16);
        assertThat(a.value("ü🐘").orElseThrow().place().column()).isEqualTo(7);
        assertThat(tree.value("c").orElseThrow().place().endLine()).isEqualTo(7);
        assertThat(a.list("b").getLast().pointer()).hasToString("/a/b/1");
    }

    @Test
    void lines_end_as_they_do_in_editors() {
        var tree = tree("a: 1\r\nb: 2\r\n\r\nc: 3");

        assertThat(tree.value("b").orElseThrow().place()).hasToString("f:2:4");
        assertThat(tree.value("c").orElseThrow().place()).hasToString("f:4:4");
    }

    @Test
    void a_scalar_is_what_was_written_and_what_yaml_takes_it_for() {
        var tree = tree("{a: 8.0, b: '8.0', c: yes, d: 017, e: , f: ~, g: 2026-01-01, h: !!str 8}");

        assertThat(tree.entries())
                .extracting(it -> ((Tree.Scalar) it.value()).kind())
                .containsExactly(
                        Kind.FLOAT,
                        Kind.TEXT,
                        Kind.BOOLEAN,
                        Kind.INTEGER,
                        Kind.EMPTY,
                        Kind.EMPTY,
                        Kind.TEXT,
                        Kind.TEXT);
        assertThat(tree.text("a")).contains("8.0");
        assertThat(tree.text("d")).contains("017");
        assertThat(tree.text("e")).isEmpty();
    }

    @Test
    void aliases_are_followed_and_keep_the_place_of_what_they_name() {
        var tree = tree("a: &x {v: 1}\nb: *x\n");

        assertThat(tree.mapping("b").orElseThrow().value("v").orElseThrow().place())
                .hasToString("f:1:11");
        assertThat(tree.mapping("b").orElseThrow().value("v").orElseThrow().pointer())
                .hasToString("/b/v");
        assertThat(tree.mapping("a").orElseThrow().repeated()).isTrue();
    }

    @Test
    void merged_keys_give_way_to_own_ones_and_earlier_mappings_win() {
        var tree =
                tree(
                        """
                        one: &one {a: 1, b: 1, c: 1}
                        two: &two {b: 2, d: 2, <<: *one}
                        all: {c: 3, <<: [*two, *one], e: 3}
                        """);

        var all = tree.mapping("all").orElseThrow();

        assertThat(all.keys()).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
        assertThat(all.text("a")).contains("1");
        assertThat(all.text("b")).contains("2");
        assertThat(all.text("c")).contains("3");
        assertThat(all.value("b").orElseThrow().pointer()).hasToString("/all/b");
    }

    @Test
    void a_quoted_merge_key_is_a_key() {
        assertThat(tree("'<<': 1").text("<<")).contains("1");
    }

    @Test
    void pointers_escape_what_json_pointers_escape() {
        assertThat(
                        tree("a/b: {'~': 1}")
                                .mapping("a/b")
                                .orElseThrow()
                                .value("~")
                                .orElseThrow()
                                .pointer())
                .hasToString("/a~1b/~0");
    }

    private static Tree.Mapping tree(String yaml) {
        var problems = Decoding.decode("f", yaml.getBytes(UTF_8));
        return (Tree.Mapping) TreeBuilder.build(problems, Budget.unlimited()).orElseThrow().root();
    }
}
