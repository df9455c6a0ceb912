package dev.assent.forge.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.forge.command.Command.Approve;
import dev.assent.forge.command.Command.Help;
import dev.assent.forge.command.Command.Plan;
import dev.assent.forge.command.Command.Reject;
import dev.assent.forge.command.Command.Show;
import dev.assent.forge.command.Command.Unknown;
import dev.assent.forge.command.Command.Why;
import dev.assent.model.Engine;
import dev.assent.model.GroupName;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {

    private static final Approve YES = new Approve(Optional.empty(), Set.of(), false);
    private static final String DIGEST = "sha256:" + "0a".repeat(32);

    @Test
    void each_command_is_read() {
        assertThat(Commands.in("/assent plan")).containsExactly(new Plan());
        assertThat(Commands.in("/assent show")).containsExactly(new Show());
        assertThat(Commands.in("/assent help")).containsExactly(new Help());
        assertThat(Commands.in("/assent")).containsExactly(new Help());
        assertThat(Commands.in("/assent approve")).containsExactly(YES);
        assertThat(Commands.in("/assent why"))
                .containsExactly(new Why(Optional.empty(), Optional.empty()));
        assertThat(Commands.in("/assent reject")).containsExactly(new Reject(Optional.empty(), ""));
    }

    @Test
    void a_yes_names_a_plan_and_what_may_be_destroyed() {
        assertThat(
                        Commands.in(
                                "/assent approve p-1a2b3c4d --destroy mysql/old_one"
                                        + " --destroy=redis/default --hold-destructive"))
                .containsExactly(
                        new Approve(
                                Optional.of("p-1a2b3c4d"),
                                Set.of(
                                        new GroupName(Engine.MYSQL, "old_one"),
                                        new GroupName(Engine.REDIS, "default")),
                                true));
        assertThat(Commands.in("/assent approve " + DIGEST))
                .containsExactly(new Approve(Optional.of(DIGEST), Set.of(), false));
    }

    @Test
    void a_no_takes_a_plan_and_a_reason_in_any_language() {
        assertThat(Commands.in("/assent reject p-1a2b3c4d erst nach der Größenänderung, *bitte*"))
                .containsExactly(
                        new Reject(
                                Optional.of("p-1a2b3c4d"),
                                "erst nach der Größenänderung, *bitte*"));
        assertThat(Commands.in("/assent reject not on a Friday"))
                .containsExactly(new Reject(Optional.empty(), "not on a Friday"));
    }

    @ParameterizedTest
    @CsvSource({
        "/assent why shop,shop,",
        "/assent why shop/production,shop/production,",
        "/assent why mysql/main,,mysql/main",
        "/assent why shop mysql/main,shop,mysql/main",
        "/assent why shop/staging main,shop/staging,main"
    })
    void a_question_names_an_application_a_group_or_both(
            String line, @Nullable String application, @Nullable String group) {
        assertThat(Commands.in(line))
                .containsExactly(
                        new Why(Optional.ofNullable(application), Optional.ofNullable(group)));
    }

    @Test
    void a_command_stands_on_a_line_of_its_own_among_others() {
        assertThat(
                        Commands.in(
                                """
                                Looks good to me!
                                /assent show
                                Thanks.

                                   /assent approve \t
                                """))
                .containsExactly(new Show(), YES);
        assertThat(Commands.in("first\r\n/assent approve\r\nlast")).containsExactly(YES);
        assertThat(Commands.in("![screenshot](https://x/y.png)\n\n/assent approve"))
                .containsExactly(YES);
        assertThat(Commands.in("<img width=\"400\" src=\"https://x/y.png\">\n\n/assent approve"))
                .containsExactly(YES);
        assertThat(Commands.in("<details>\nlog\n</details>\n\n/assent approve"))
                .containsExactly(YES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "```\n/assent approve\n```",
                "```sh\n/assent approve\n",
                "~~~\n/assent approve\n~~~",
                "````\n```\n/assent approve\n```\n````",
                "    /assent approve",
                "\t/assent approve",
                "`/assent approve`",
                "`a\n/assent approve\nb`",
                "``\n/assent approve\n``",
                "> /assent approve",
                "> somebody wrote\n/assent approve",
                ">/assent approve",
                "> > /assent approve",
                ">>>\n/assent approve\n>>>",
                "- /assent approve",
                "* a\n\n  /assent approve",
                "- a\n/assent approve",
                "1. /assent approve",
                "- [ ] /assent approve",
                "/assent approve\n===",
                "/assent approve\n---",
                "# /assent approve",
                "/assent approve | x\n--- | ---\n/assent approve | y",
                "a | b\n--- | ---\n/assent approve | y",
                "<!-- \n/assent approve\n-->",
                "<!-- \n\n/assent approve\n\n-->",
                "text <!--\n/assent approve\n-->",
                "<div>\n/assent approve\n</div>",
                "<details>\n\n/assent approve\n\n</details>",
                "<details><summary>x</summary>\n\ntext\n\n/assent approve\n\n</details>",
                "<pre>\n\n/assent approve\n\n</pre>",
                "text <span hidden>\n/assent approve\n</span>",
                "<script>\n/assent approve\n</script>",
                "**bold\n/assent approve\nbold**",
                "*a\n/assent approve\nb*",
                "~~a\n/assent approve\nb~~",
                "[a\n/assent approve\nb](https://x)",
                "[/assent approve](https://x)",
                "![/assent approve](https://x)",
                "[x]:\n/assent",
                "[x]: https://y '\n/assent approve\n'",
                "[x](https://y '\n/assent approve\n')",
                "please /assent approve",
                "x/assent approve",
                "//assent approve",
                "\\/assent approve",
                "&#47;assent approve",
                "&sol;assent approve",
                "/assent-bot approve",
                "/assents approve",
                "/assent:approve",
                "/Assent approve",
                "/ASSENT approve",
                "/assent\u00a0approve",
                "/assent\u200bapprove",
                "\u200b/assent approve",
                "\ufeff/assent approve",
                "\u202e/assent approve",
                "/\u0430ssent approve",
                "\u2215assent approve",
                "\uff0fassent approve",
                "/as\u00adsent approve",
                "/assent\u2028approve"
            })
    void what_is_only_shown_or_only_looks_like_a_command_is_none(String comment) {
        assertThat(Commands.in(comment)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assent appr\u043eve",
                "/assent approve\u200b",
                "/assent approve \u202e",
                "/assent approve\u00a0p-1a2b3c4d",
                "/assent approve p-1a2b3c4d\u2066",
                "/assent Approve",
                "/assent approve `p-1a2b3c4d`",
                "/assent approve everything",
                "/assent approve p-1a2b3c4d p-1a2b3c4e",
                "/assent approve --destroy",
                "/assent approve --destroy mysql",
                "/assent approve --destroy mysql/a/b",
                "/assent approve --destroy-all",
                "/assent approve -- mysql/main",
                "/assent approve p-1A2B3C4D",
                "/assent approve sha256:0a",
                "/assent yes",
                "/assent why a b c",
                "/assent why ../x",
                "/assent plan all"
            })
    void what_is_not_quite_a_command_is_answered_and_not_guessed(String comment) {
        assertThat(Commands.in(comment)).allMatch(Unknown.class::isInstance);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /assent aprove                   | `/assent approve`
                    /assent aprove p-1a2b3c4d        | `/assent approve p-1a2b3c4d`
                    /assent Approve                  | `/assent approve`
                    /assent rejct it *is* @bad       | `/assent reject`
                    /assent plam                     | `/assent plan`
                    /assent dance                    | `/assent help` says what there is
                    /assent plan now                 | nothing goes with it: `/assent plan`
                    /assent approve --destroy mysql  | name the group as `--destroy ENGINE/GROUP`
                    """)
    void a_mistyped_command_comes_with_what_was_meant(String line, String suggestion) {
        assertThat(Commands.in(line))
                .singleElement()
                .satisfies(it -> assertThat(((Unknown) it).suggestion()).isEqualTo(suggestion));
    }

    @Test
    void what_is_hidden_in_an_unknown_command_is_shown() {
        assertThat(Commands.in("/assent approve\u202e"))
                .containsExactly(
                        new Unknown("/assent approve<U+202E>", "take out the hidden characters"));
    }

    @Test
    void a_comment_has_no_end_of_commands() {
        assertThat(Commands.in("/assent show\n".repeat(1_000))).hasSize(10);
        assertThat(Commands.in("x".repeat(70_000) + "\n/assent approve")).isEmpty();
        assertThat(Commands.in("/assent reject " + "x".repeat(2_000))).isEmpty();
        assertThat(((Reject) Commands.in("/assent reject " + "é".repeat(900)).getFirst()).reason())
                .hasSize(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "*", "`", "<", "> ", "![", "~~", "- ", "|", "_a", "<a "})
    void a_comment_made_to_take_long_takes_no_time(String piece) {
        var begin = System.nanoTime();

        Commands.in("/assent show\n\n" + piece.repeat(60_000 / piece.length()));

        assertThat(System.nanoTime() - begin).isLessThan(5_000_000_000L);
    }

    @Test
    void commands_that_differ_are_all_read() {
        assertThat(Commands.in("/assent show\n/assent reject no\n/assent aprove"))
                .hasOnlyElementsOfTypes(Show.class, Reject.class, Unknown.class)
                .hasSize(3);
    }
}
