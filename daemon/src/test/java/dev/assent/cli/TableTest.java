package dev.assent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void columns_are_as_wide_as_a_terminal_shows_what_stands_in_them() {
        var table = new Table(2).row("テスト", "wide", "").row("cafe\u0301", "accent", "x");

        assertThat(table.toString())
                .isEqualTo(
                        """
                          テスト  wide
                          cafe\u0301    accent  x
                        """);
    }

    @Test
    void a_cell_is_shown_as_it_is_and_on_one_line() {
        var table = new Table(0).row("@|red x|@", "a\nb").row("y", "c\u001b[2J");

        assertThat(table.toString())
                .isEqualTo(
                        """
                        @|red x|@  a b
                        y          c<U+1B>[2J
                        """);
    }

    @Test
    void no_rows_are_no_lines() {
        assertThat(new Table(2).toString()).isEmpty();
    }
}
