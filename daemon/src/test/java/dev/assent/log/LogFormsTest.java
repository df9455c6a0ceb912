package dev.assent.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.model.ApplicationName;
import dev.assent.systemd.Listener;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

class LogFormsTest {

    private static final Logger LOG = LoggerFactory.getLogger("dev.assent.Test");
    private static final About SHOP =
            About.application(new ApplicationName("shop", "production"))
                    .plan("p-12345678")
                    .inRepository("platform")
                    .commit("c0ffee");

    @TempDir private Path folder;

    @Test
    void an_entry_of_the_journal_is_found_by_what_it_is_about() throws Exception {
        try (var journal = Listener.at(folder.resolve("journal").toString());
                var _ = Captured.at(LogLevel.INFO, journal.address())) {
            try (var _ = SHOP.enter()) {
                LOG.atWarn().addKeyValue("event", "plan.failed").log("it failed");
            }

            assertThat(fields(journal.nextBytes()))
                    .containsExactlyInAnyOrderEntriesOf(
                            Map.of(
                                    "MESSAGE", "it failed",
                                    "PRIORITY", "4",
                                    "SYSLOG_IDENTIFIER", "assent",
                                    "ASSENT_LOGGER", "dev.assent.Test",
                                    "ASSENT_EVENT", "plan.failed",
                                    "ASSENT_APPLICATION", "shop/production",
                                    "ASSENT_PLAN", "p-12345678",
                                    "ASSENT_REPOSITORY", "platform",
                                    "ASSENT_COMMIT", "c0ffee"));
        }
    }

    @Test
    void several_lines_are_one_entry_of_the_journal() throws Exception {
        try (var journal = Listener.at(folder.resolve("journal").toString());
                var _ = Captured.at(LogLevel.INFO, journal.address())) {
            LOG.error("one\ntwo = three", new IllegalStateException("a bug"));

            var entry = fields(journal.nextBytes());
            assertThat(entry.get("MESSAGE"))
                    .startsWith("one\ntwo = three\njava.lang.IllegalStateException: a bug\n\tat ");
            assertThat(entry).containsEntry("PRIORITY", "3");
        }
    }

    @Test
    void what_is_too_long_for_a_datagram_is_cut_and_arrives() throws Exception {
        try (var journal = Listener.at(folder.resolve("journal").toString());
                var captured = Captured.at(LogLevel.INFO, journal.address())) {
            LOG.info("long: {}", "€".repeat(1_000_000));

            assertThat(fields(journal.nextBytes()).get("MESSAGE"))
                    .startsWith("long: €€€")
                    .endsWith("€… (cut)");
            assertThat(captured.text().lines()).hasSize(1);
        }
    }

    @Test
    void without_a_journal_nothing_is_lost() throws Exception {
        try (var captured = Captured.at(LogLevel.INFO, folder.resolve("gone").toString())) {
            LOG.info("still here");

            // Once as text, and once in the journal's place.
            assertThat(captured.text().lines())
                    .hasSize(2)
                    .allSatisfy(it -> assertThat(it).endsWith(" INFO  still here"));
        }
    }

    @Test
    void a_line_of_JSON_says_what_it_is_about() throws Exception {
        try (var captured = Captured.at(LogLevel.INFO)) {
            try (var _ = SHOP.enter()) {
                LOG.error("a \"quoted\"\nline", new IllegalStateException("a bug"));
            }
            LOG.info("and then");

            assertThat(captured.json()).hasSize(2);
            var first = JsonMapper.shared().readTree(captured.json().getFirst());
            assertThat(first.propertyNames())
                    .containsExactly(
                            "time",
                            "level",
                            "message",
                            "application",
                            "commit",
                            "plan",
                            "repository",
                            "logger",
                            "exception");
            assertThat(first.get("level").asString()).isEqualTo("error");
            assertThat(first.get("message").asString()).isEqualTo("a \"quoted\"\nline");
            assertThat(first.get("application").asString()).isEqualTo("shop/production");
            assertThat(first.get("exception").asString()).contains("a bug\n\tat dev.assent.log.");
            // What one line is about is no matter of the next.
            assertThat(captured.json().getLast()).doesNotContain("shop");
        }
    }

    @Test
    void what_one_is_about_comes_back_when_a_part_of_it_is_done() throws Exception {
        try (var captured = Captured.at(LogLevel.INFO);
                var _ = SHOP.enter()) {
            try (var _ = About.application(new ApplicationName("blog", "production")).enter()) {
                LOG.info("inner");
            }
            LOG.info("outer");

            assertThat(captured.json().getFirst()).contains("blog/production", "platform");
            assertThat(captured.json().getLast()).contains("shop/production").doesNotContain("blog");
        }
    }

    @Test
    void what_is_logged_by_the_JDKs_own_way_is_written_as_well() throws Exception {
        try (var captured = Captured.at(LogLevel.INFO)) {
            java.util.logging.Logger.getLogger("org.postgresql.Driver").warning("from a driver");

            assertThat(captured.text()).endsWith(" WARN  from a driver\n");
        }
    }

    @Test
    void the_level_says_how_much_is_logged() throws Exception {
        try (var captured = Captured.at(LogLevel.WARN)) {
            LOG.info("not this");
            LOG.warn("this");

            assertThat(captured.json()).hasSize(1);
        }
        try (var captured = Captured.at(LogLevel.TRACE)) {
            LoggerFactory.getLogger("org.eclipse.jetty.server").trace("of a library");

            assertThat(captured.json()).hasSize(1);
        }
    }

    @Test
    void the_journal_is_chosen_where_standard_error_is_connected_to_it() throws Exception {
        var error = Files.createFile(folder.resolve("error"));
        var file = Files.readAttributes(error, "unix:dev,ino");
        var stream = file.get("dev") + ":" + file.get("ino");

        assertThat(LogForm.suited(Map.of("JOURNAL_STREAM", stream), error))
                .isEqualTo(LogForm.JOURNAL);
        assertThat(LogForm.suited(Map.of("JOURNAL_STREAM", "1:2"), error)).isEqualTo(LogForm.TEXT);
        assertThat(LogForm.suited(Map.of(), error)).isEqualTo(LogForm.TEXT);
    }

    /// As journald reads it.
    private static Map<String, String> fields(byte[] datagram) {
        var fields = new LinkedHashMap<String, String>();
        var left = ByteBuffer.wrap(datagram).order(ByteOrder.LITTLE_ENDIAN);
        while (left.hasRemaining()) {
            var from = left.position();
            while (left.get(left.position()) != '=' && left.get(left.position()) != '\n') left.get();
            var name = new String(datagram, from, left.position() - from, UTF_8);
            var begin = left.position() + 1;
            var length = 0;
            if (left.get() == '=') {
                while (left.get(begin + length) != '\n') length++;
            } else {
                length = (int) left.getLong();
                begin += Long.BYTES;
            }
            fields.put(name, new String(datagram, begin, length, UTF_8));
            left.position(begin + length);
            assertThat(left.get()).isEqualTo((byte) '\n');
        }
        return fields;
    }
}
