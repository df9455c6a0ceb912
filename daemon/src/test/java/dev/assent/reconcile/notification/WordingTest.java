package dev.assent.reconcile.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.configuration.NewsEvent;
import dev.assent.configuration.NewsTemplate;
import dev.assent.model.ApplicationName;
import dev.assent.plan.Digest;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WordingTest {

    private static final Digest DIGEST =
            Digest.parse("sha256:" + "1a2b3c4d".repeat(8)).orElseThrow();

    private static final Wording OWN = new Wording(Optional.empty(), Optional.empty());

    @Test
    void each_event_has_words_of_its_own() {
        assertThat(OWN.text(news(NewsEvent.APPLIED, "ada", ""), it -> it))
                .isEqualTo("shop/production: p-1a2b3c4d is applied: 1 to add");
        assertThat(OWN.text(news(NewsEvent.FAILED, "ada", "no room"), it -> it))
                .isEqualTo(
                        "shop/production: p-1a2b3c4d failed: no room; once the cause is mended: assent apply p-1a2b3c4d");
        assertThat(Wording.subject(news(NewsEvent.PLAN_READY, "ada", "")))
                .isEqualTo("shop/production: p-1a2b3c4d is proposed");
    }

    @ParameterizedTest
    @EnumSource
    void and_only_placeholders_that_there_are(NewsEvent event) {
        assertThat(NewsTemplate.PLACEHOLDERS).containsAll(event.template().used());
        assertThat(OWN.text(news(event, "ada", "why"), it -> it)).doesNotContain("{");
    }

    @Test
    void what_is_put_in_is_not_looked_through_for_placeholders() {
        var wording =
                new Wording(Optional.of(new NewsTemplate("{who} {detail} $1")), Optional.empty());

        assertThat(wording.text(news(NewsEvent.REJECTED, "{detail}", "{who} $0 \\"), it -> it))
                .isEqualTo("{detail} {who} $0 \\ $1");
    }

    @Test
    void a_link_has_everything_in_it_encoded() {
        var wording =
                new Wording(
                        Optional.of(new NewsTemplate("see {url}")),
                        Optional.of(new NewsTemplate("https://a.example.org/{app}?{plan}")));

        assertThat(wording.text(news(NewsEvent.APPLIED, "ada", ""), it -> "<" + it + ">"))
                .isEqualTo("see https://a.example.org/shop?p-1a2b3c4d");
        var odd =
                new News(
                        NewsEvent.APPLIED,
                        new ApplicationName("größe", "production"),
                        Optional.of(DIGEST),
                        Optional.empty(),
                        "ada",
                        Instant.EPOCH,
                        "");
        assertThat(wording.url(odd)).contains("https://a.example.org/gr%C3%B6%C3%9Fe?p-1a2b3c4d");
    }

    @Test
    void no_value_begins_a_line_or_turns_the_reading_around() {
        var text = OWN.text(news(NewsEvent.FAILED, "ada", "one\r\nBcc: x\u202Eevil"), it -> it);

        assertThat(text).doesNotContain("\n").doesNotContain("\r").doesNotContain("\u202E");
        assertThat(OWN.text(news(NewsEvent.FAILED, "ada", "x".repeat(9_999)), it -> it))
                .hasSizeLessThan(1_200);
    }

    @Test
    void news_come_back_from_the_outbox_as_they_were() {
        var news = news(NewsEvent.FAILED, "ada \"}{", "no\nroom");

        assertThat(News.read(news.body())).contains(news);
        assertThat(News.read("{\"version\":99}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shop/production                 | shop/production",
                "2 to add, 1 to change           | 2 to add, 1 to change",
                "it is full.                     | it is full.",
                "<!channel> & co                 | `&lt;!channel&gt; &amp; co`",
                "@here                           | `@here`",
                "*bold* _it_                     | `*bold* _it_`",
                "https://evil.example            | `https://evil.example`",
                "evil.example                    | `evil.example`",
                "see evil.example/x now          | `see evil.example/x now`",
                "a `tick` b                      | `a 'tick' b`",
                "[x](y)                          | `[x](y)`",
            })
    void what_would_mean_something_to_slack_becomes_code(String value, String text) {
        assertThat(SlackText.inert(value)).isEqualTo(text);
    }

    static News news(NewsEvent event, String who, String detail) {
        return new News(
                event,
                new ApplicationName("shop", "production"),
                Optional.of(DIGEST),
                Optional.of("1 to add"),
                who,
                Instant.parse("2026-11-25T12:00:00Z"),
                detail);
    }
}
