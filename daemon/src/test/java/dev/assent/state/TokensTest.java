package dev.assent.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {

    @TempDir Path folder;
    private Room room;

    @BeforeEach
    void open() {
        room = new Room(folder);
    }

    @AfterEach
    void close() {
        room.close();
    }

    @Test
    void a_token_speaks_for_its_person_until_it_expires_and_over_a_restart() {
        var issued = issued("laptop", TokenScope.APPROVE, Duration.ofDays(90));
        var text = issued.text().reveal();
        room.reopen();

        assertThat(text).matches("asn_[A-Za-z0-9_-]{43}");
        assertThat(tokens().recognise(text))
                .isInstanceOfSatisfying(
                        Recognised.Valid.class,
                        it -> {
                            assertThat(it.token().person()).isEqualTo("ada");
                            assertThat(it.token().scope()).isEqualTo(TokenScope.APPROVE);
                        });

        room.time().pass(Duration.ofDays(90).minusSeconds(1));
        assertThat(tokens().recognise(text)).isInstanceOf(Recognised.Valid.class);
        room.time().pass(Duration.ofSeconds(1));
        assertThat(tokens().recognise(text))
                .isEqualTo(new Recognised.Expired("laptop", issued.token().expiresAt()));
    }

    @Test
    @Tag("sqlite")
    void whoever_reads_the_database_cannot_sign_in_with_what_it_holds() throws Exception {
        var text = issued("laptop", TokenScope.ADMIN, Duration.ofDays(1)).text().reveal();
        room.close();

        var bytes = Files.readString(room.database(), StandardCharsets.ISO_8859_1);
        room = new Room(folder);

        assertThat(bytes).contains("laptop").doesNotContain(text.substring(4));
        assertThat(tokens().recognise(TokenText.hash(text))).isEqualTo(new Recognised.Unknown());
    }

    @Test
    void a_revoked_token_is_worthless_at_once_and_its_name_free_again() {
        var text = issued("laptop", TokenScope.READ, Duration.ofDays(1)).text().reveal();

        assertThat(tokens().revoke("laptop", "grace").map(StoredToken::person)).contains("ada");
        assertThat(tokens().recognise(text))
                .isInstanceOfSatisfying(
                        Recognised.Revoked.class, it -> assertThat(it.name()).isEqualTo("laptop"));
        assertThat(tokens().revoke("laptop", "grace")).isEmpty();
        assertThat(tokens().all()).isEmpty();

        var other = issued("laptop", TokenScope.READ, Duration.ofDays(1)).text().reveal();
        assertThat(other).isNotEqualTo(text);
        assertThat(tokens().recognise(other)).isInstanceOf(Recognised.Valid.class);
    }

    @Test
    void two_tokens_in_use_have_two_names() {
        issued("laptop", TokenScope.READ, Duration.ofDays(1));

        assertThat(tokens().create("laptop", "ada", TokenScope.READ, Duration.ofDays(1), "admin"))
                .isInstanceOfSatisfying(
                        TokenIssue.Refused.class,
                        it ->
                                assertThat(it.why())
                                        .contains("`laptop` already")
                                        .contains("assent token revoke laptop"));
    }

    @Test
    void making_and_revoking_is_audited_and_the_chain_holds() {
        var text = issued("laptop", TokenScope.APPROVE, Duration.ofDays(1)).text().reveal();
        tokens().revoke("laptop", "grace");

        var entries = room.store().audit().newest(Optional.empty(), 10);

        assertThat(entries)
                .extracting(AuditEntry::what, AuditEntry::who, AuditEntry::detail)
                .containsExactly(
                        tuple("token.revoked", "grace", "laptop of ada"),
                        tuple(
                                "token.created",
                                "admin",
                                "laptop, with which ada may approve until 2026-11-24T10:00:00Z"));
        assertThat(entries.toString()).doesNotContain(text);
        assertThat(room.store().audit().firstBroken()).isEmpty();
    }

    @Test
    void the_day_of_the_last_use_is_known() {
        var text = issued("laptop", TokenScope.READ, Duration.ofDays(9)).text().reveal();
        assertThat(tokens().all().getFirst().lastUsed()).isEmpty();

        tokens().recognise(text);
        assertThat(tokens().all().getFirst().lastUsed()).contains(LocalDate.of(2026, 11, 23));

        room.time().pass(Duration.ofDays(2));
        tokens().recognise(text);
        assertThat(tokens().all().getFirst().lastUsed()).contains(LocalDate.of(2026, 11, 25));
    }

    @Test
    void a_scope_includes_those_before_it() {
        assertThat(TokenScope.words()).containsExactly("read", "request", "approve", "admin");
        assertThat(included(TokenScope.READ)).containsExactly("read");
        assertThat(included(TokenScope.REQUEST)).containsExactly("read", "request");
        assertThat(included(TokenScope.APPROVE)).containsExactly("read", "request", "approve");
        assertThat(included(TokenScope.ADMIN)).isEqualTo(TokenScope.words());
    }

    private static List<String> included(TokenScope scope) {
        return Stream.of(TokenScope.values())
                .filter(scope::includes)
                .map(TokenScope::word)
                .toList();
    }

    private TokenIssue.Issued issued(String name, TokenScope scope, Duration valid) {
        return switch (tokens().create(name, "ada", scope, valid, "admin")) {
            case TokenIssue.Issued issued -> issued;
            case TokenIssue.Refused(var why) -> throw new AssertionError(why);
        };
    }

    private Tokens tokens() {
        return room.store().tokens();
    }
}
