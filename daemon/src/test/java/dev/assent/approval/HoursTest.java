package dev.assent.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.model.ApplicationPattern;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoursTest {

    /// Saturdays from 22:00 to 02:00 in Berlin; on 28 November 2026 that is 21:00 in Greenwich.
    private static final Window SATURDAYS =
            new Window("0 0 22 ? * SAT", Duration.ofHours(4), ZoneId.of("Europe/Berlin"));

    @ParameterizedTest
    @CsvSource({
        "2026-11-25T12:00:00Z, 2026-11-28T21:00:00Z",
        "2026-11-28T20:59:59.999Z, 2026-11-28T21:00:00Z",
        "2026-11-28T21:00:00Z, 2026-11-28T21:00:00Z",
        "2026-11-28T23:30:00.5Z, 2026-11-28T23:30:00.5Z",
        "2026-11-29T00:59:59Z, 2026-11-29T00:59:59Z",
        "2026-11-29T01:00:00Z, 2026-12-05T21:00:00Z",
        // In summer Berlin is two hours ahead.
        "2026-07-01T00:00:00Z, 2026-07-04T20:00:00Z",
    })
    void a_window_opens_by_the_clocks_of_its_zone(Instant moment, Instant from) {
        assertThat(SATURDAYS.from(moment)).contains(from);
    }

    @Test
    void what_is_frozen_begins_when_the_freeze_is_over() {
        var freeze = freeze("2026-11-20T00:00:00Z", "2026-11-30T08:00:00Z");

        assertThat(freeze.from(Instant.parse("2026-11-19T23:59:59Z")))
                .contains(Instant.parse("2026-11-19T23:59:59Z"));
        assertThat(freeze.from(Instant.parse("2026-11-20T00:00:00Z")))
                .contains(Instant.parse("2026-11-30T08:00:00Z"));
        assertThat(freeze.from(Instant.parse("2026-11-30T08:00:00Z")))
                .contains(Instant.parse("2026-11-30T08:00:00Z"));
    }

    @Test
    void a_freeze_over_a_window_waits_for_the_next_one() {
        var freeze = freeze("2026-11-27T00:00:00Z", "2026-11-30T08:00:00Z");
        var now = Instant.parse("2026-11-28T21:30:00Z");

        assertThat(Opening.of(List.of(SATURDAYS), now)).isEqualTo(new Opening.Now());
        assertThat(Opening.of(List.of(SATURDAYS, freeze), now))
                .isEqualTo(
                        new Opening.Later(
                                Instant.parse("2026-12-05T21:00:00Z"),
                                "*/* is frozen until 2026-11-30T08:00:00Z: audit"));
    }

    @Test
    void windows_that_never_meet_or_never_open_again_are_said_to_be_so() {
        var sundays = new Window("0 0 12 ? * SUN", Duration.ofHours(1), ZoneId.of("Europe/Berlin"));
        var past = new Window("0 0 12 1 1 ? 2020", Duration.ofHours(1), ZoneId.of("UTC"));
        var now = Instant.parse("2026-11-25T12:00:00Z");

        assertThat(Opening.of(List.of(SATURDAYS, sundays), now))
                .isInstanceOf(Opening.Never.class)
                .asString()
                .contains("never open together");
        assertThat(Opening.of(List.of(past), now))
                .isInstanceOf(Opening.Never.class)
                .asString()
                .contains("no window opens any more");
    }

    private static Freeze freeze(String from, String until) {
        return new Freeze(
                new ApplicationPattern("*/*"), Instant.parse(from), Instant.parse(until), "audit");
    }
}
