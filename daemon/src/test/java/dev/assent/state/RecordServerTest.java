package dev.assent.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.model.Endpoint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordServerTest {

    private static RecordServer at(String url) {
        return RecordServer.at(url, Optional.empty());
    }

    @Test
    void a_url_names_user_hosts_database_and_encryption() {
        var server =
                at(
                        "postgresql://as%2Fsent@db1.example.org,db2.example.org:5433/rec%20ord?sslmode=verify-full&sslrootcert=/etc/ca.pem");

        assertThat(server.user()).isEqualTo("as/sent");
        assertThat(server.hosts())
                .isEqualTo(
                        List.of(
                                new Endpoint("db1.example.org", 5432),
                                new Endpoint("db2.example.org", 5433)));
        assertThat(at("postgresql://assent@[::1]:5433/assent").hosts())
                .isEqualTo(List.of(new Endpoint("[::1]", 5433)));
        assertThat(server.database()).isEqualTo("rec ord");
        assertThat(server.settings())
                .isEqualTo(Map.of("sslmode", "verify-full", "sslrootcert", "/etc/ca.pem"));
    }

    @Test
    void it_is_shown_without_what_is_nobodys_business() {
        assertThat(at("postgres://assent@127.0.0.1/assent?sslmode=require"))
                .hasToString("postgresql://assent@127.0.0.1:5432/assent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hunter2",
                "mysql://assent@127.0.0.1/hunter2",
                "postgresql://assent:hunter2@127.0.0.1/assent",
                "postgresql://127.0.0.1/assent",
                "postgresql://assent@/assent",
                "postgresql://assent@127.0.0.1",
                "postgresql://assent@127.0.0.1:0/assent",
                "postgresql://assent@127.0.0.1:70000/assent",
                "postgresql://assent@127.0.0.1/assent?password=hunter2",
                "postgresql://assent@127.0.0.1/assent?sslmode=hunter2"
            })
    void what_is_none_is_refused_without_being_quoted(String url) {
        assertThatThrownBy(() -> at(url))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(it -> assertThat(it.getMessage()).doesNotContain("hunter2"));
    }
}
