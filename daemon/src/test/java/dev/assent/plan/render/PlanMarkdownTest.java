package dev.assent.plan.render;

import static dev.assent.plan.Given.declared;
import static dev.assent.plan.Given.desired;
import static dev.assent.plan.Given.existing;
import static dev.assent.plan.Given.nothing;
import static dev.assent.plan.Given.recorded;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.model.Desired;
import dev.assent.model.Recorded;
import dev.assent.plan.Given;
import dev.assent.plan.Given.Declared;
import dev.assent.plan.Given.Existing;
import dev.assent.plan.Plan;
import dev.assent.plan.Planner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;

class PlanMarkdownTest {

    private static final Parser COMMONMARK =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();

    @Test
    void a_plan_shows_what_matters_and_folds_the_rest() throws IOException {
        var recorded =
                recorded(
                        3,
                        existing("postgresql/main").primary().servers("main-1", "main-2"),
                        existing("postgresql/reports").follows("main"),
                        existing("postgresql/legacy"));
        var plan =
                plan(
                        desired(
                                declared("postgresql/main")
                                        .version("17")
                                        .servers("main-1", "main-2"),
                                declared("postgresql/reports").servers("reports").follows("main"),
                                declared("postgresql/new")
                                        .version("17")
                                        .setting("encoding", "UTF8")
                                        .servers("pg-1", "pg-2")),
                        recorded);
        var estimates = Estimates.of(Map.of("c1", new Estimate(3_800, 5)));

        assertThat(PlanMarkdown.of(plan, Optional.of(recorded), estimates))
                .isEqualTo(golden("whole.md"));
    }

    @Test
    void without_the_record_the_picture_shows_what_the_plan_itself_knows() throws IOException {
        var plan =
                plan(
                        desired(
                                declared("postgresql/main").servers("main"),
                                declared("postgresql/copy").servers("copy").follows("main")),
                        recorded(
                                3,
                                existing("postgresql/main").primary(),
                                existing("postgresql/copy"),
                                existing("postgresql/old")));

        assertThat(PlanMarkdown.of(plan, Optional.empty(), Estimates.NONE))
                .isEqualTo(golden("touched.md"));
    }

    @Test
    void a_record_that_the_plan_was_not_made_against_is_not_drawn() {
        var before = recorded(3, existing("postgresql/main"), existing("postgresql/old"));
        var plan = plan(desired(declared("postgresql/main")), before);

        assertThat(PlanMarkdown.of(plan, Optional.of(before), Estimates.NONE))
                .contains("Groups before and after", "postgresql/main");
        assertThat(
                        PlanMarkdown.of(
                                plan,
                                Optional.of(recorded(4, existing("postgresql/main"))),
                                Estimates.NONE))
                .contains("Groups that it touches")
                .doesNotContain("postgresql/main");
    }

    @Test
    void no_changes_are_two_lines() {
        var plan =
                plan(
                        desired(declared("postgresql/main")),
                        recorded(1, existing("postgresql/main")));

        assertThat(PlanMarkdown.of(plan, Optional.empty(), Estimates.NONE))
                .isEqualTo(
                        """
                        ### No changes for `shop/production`

                        **0 to add, 0 to change, 0 to destroy.** 1 group unchanged.

                        """);
    }

    @Test
    void five_hundred_changes_fit_into_a_comment_and_are_cut_between_changes() {
        var plan =
                plan(
                        desired(
                                IntStream.range(0, 250)
                                        .mapToObj(it ->
                                                declared("postgresql/group-number-" + it)
                                                        .servers("server-number-" + it))
                                        .toArray(Declared[]::new)),
                        recorded(
                                3,
                                IntStream.range(0, 250)
                                        .mapToObj(it -> existing("postgresql/legacy-group-" + it))
                                        .toArray(Existing[]::new)));
        assertThat(plan.changes()).hasSize(500);

        var markdown = PlanMarkdown.of(plan, Optional.empty(), Estimates.NONE);

        var page = COMMONMARK.parse(markdown);
        assertThat(markdown.length()).isBetween(50_000, 59_999);
        assertInert(page);
        var tables = all(page, TableBlock.class);
        assertThat(all(tables.getFirst(), TableRow.class)).hasSize(1 + 50);
        var rows = all(page, TableRow.class).size() - 2;
        assertThat(rows).isGreaterThan(400);
        assertThat(markdown)
                .contains("room: %d rows of the table,".formatted(500 - rows))
                .contains(" lines of variables, the details of 500 changes.")
                .endsWith("```sh\nassent show " + plan.id() + "\n```\n");
        assertFoldsAreClosed(page);
    }

    @Test
    void nothing_that_somebody_wrote_does_anything() {
        for (var seed = 0L; seed < 1_000; seed++) {
            var plan = new HostileTexts(seed).plan();

            var markdown = PlanMarkdown.of(plan, Optional.empty(), Estimates.NONE);

            try {
                var page = COMMONMARK.parse(markdown);
                assertInert(page);
                assertFoldsAreClosed(page);
                assertThat(markdown.length()).isLessThan(PlanMarkdown.LIMIT);
                assertThat(all(page, TableRow.class)).hasSize(1 + plan.changes().size());
                assertThat(all(page, TableRow.class))
                        .allMatch(it -> all(it, TableCell.class).size() == 5);
                assertThat(all(page, Heading.class)).hasSize(plan.notices().isEmpty() ? 1 : 2);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ":\n" + markdown, e);
            }
        }
    }

    @Test
    void every_text_is_still_there_to_be_read() {
        assertThat(Inert.prose("`version` of mysql/main is 8.0, the manifest says 8"))
                .isEqualTo("`` `version` `` of `mysql/main` is `8.0`, the manifest says 8");
        assertThat(Inert.prose("ask @ada, see #1")).isEqualTo("ask `@ada`, see `#1`");
        assertThat(Inert.code("a|b``c`")).isEqualTo("``` a<U+7C>b``c` ```");
        assertThat(Inert.prose("x".repeat(400))).isEqualTo("`" + "x".repeat(300) + "…`");
        assertThat(Inert.prose("one deadbeef 1234567")).isEqualTo("one `deadbeef 1234567`");
    }

    @Test
    void several_plans_share_the_room_of_one() {
        var plans =
                IntStream.range(0, 300)
                        .mapToObj(it ->
                                plan(
                                        desired(
                                                declared("postgresql/g" + it).servers("s" + it),
                                                declared("postgresql/h" + it).servers("t" + it)),
                                        nothing()))
                        .toList();
        var calm = plan(desired(), nothing());
        var all = new ArrayList<>(plans);
        all.add(calm);

        var markdown = PlanMarkdown.of(all, _ -> Optional.empty());

        var page = COMMONMARK.parse(markdown);
        assertThat(markdown.length()).isLessThan(PlanMarkdown.LIMIT);
        assertInert(page);
        assertFoldsAreClosed(page);
        assertThat(markdown)
                .contains("1 application needs no change.")
                .containsPattern("[0-9]+ further plans have no room here\\.");
    }

    /// No link, no picture, no HTML but our own folds, and whatever else could mean something to a
    /// code host in code only.
    private static void assertInert(Node page) {
        assertThat(all(page, Link.class)).isEmpty();
        assertThat(all(page, Image.class)).isEmpty();
        assertThat(all(page, HtmlInline.class)).isEmpty();
        assertThat(all(page, LinkReferenceDefinition.class)).isEmpty();
        assertThat(all(page, HtmlBlock.class))
                .extracting(HtmlBlock::getLiteral)
                .allMatch(it ->
                        it.equals("</details>")
                                || it.matches(
                                        "<details><summary>[\\p{L}\\p{N} ·,:./_-]*</summary>"));
        assertThat(all(page, Text.class))
                .extracting(Text::getLiteral)
                .noneMatch(it ->
                        it.matches(
                                "(?s).*([@#<>|`\\\\$\\[\\]&*~]|://|www\\.[^ ]|GH-|\\b[0-9a-f]{7,40}\\b).*"));
        assertThat(all(page, Code.class)).isNotEmpty().noneMatch(it -> isHidden(it.getLiteral()));
        assertThat(all(page, FencedCodeBlock.class))
                .allMatch(it -> it.getInfo().matches("sh|diff|mermaid"))
                .noneMatch(it -> isHidden(it.getLiteral().replace("\n", "")));
    }

    private static boolean isHidden(String text) {
        return text.codePoints()
                .anyMatch(it ->
                        Character.isISOControl(it)
                                || Character.getType(it) == Character.FORMAT
                                || it == 0x2028);
    }

    private static void assertFoldsAreClosed(Node page) {
        var open = 0;
        for (var block : all(page, HtmlBlock.class)) {
            open += block.getLiteral().startsWith("<details>") ? 1 : -1;
            assertThat(open).isBetween(0, 2);
        }
        assertThat(open).isZero();
    }

    private static <T extends Node> List<T> all(Node node, Class<T> type) {
        var found = new ArrayList<T>();
        if (type.isInstance(node)) found.add(type.cast(node));
        for (var child = node.getFirstChild(); child != null; child = child.getNext()) {
            found.addAll(all(child, type));
        }
        return found;
    }

    private static String golden(String name) throws IOException {
        try (var in = PlanMarkdownTest.class.getResourceAsStream(name)) {
            return new String(java.util.Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
        }
    }

    private static Plan plan(Desired desired, Recorded recorded) {
        return Planner.plan(desired, recorded, Given.CATALOGUE, Optional.of("0123456789abcdef"));
    }
}
