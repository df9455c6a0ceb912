package dev.assent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assent.http.Reload;
import dev.assent.model.ApplicationName;
import dev.assent.source.SourceException;
import dev.assent.state.AuditEntry;
import dev.assent.state.AuditFilter;
import dev.assent.state.SecretKeyFile;
import dev.assent.state.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadingTest {

    private static final String USUAL =
            """
            repositories:
            - {name: platform, url: "file:///srv/platform.git"}
            policy: policy.yml
            notifications:
            - name: ops
              type: slack
              url_file: /etc/assent/slack.url
              match: "*/*"
              events: [failed]
              template: "{application}: {event}"
            """;

    @TempDir private Path folder;

    private Path file;
    private Store store;
    private InForce inForce;

    @BeforeEach
    void start() throws IOException {
        file = folder.resolve("assent.yml");
        Files.writeString(
                folder.resolve("policy.yml"),
                "rules: [{name: all, match: \"*/*\", by: [token-approve]}]\n");
        Files.writeString(file, USUAL);
        var key = SecretKeyFile.readOrCreate(folder.resolve("secret.key"));
        store = Store.open(folder.resolve("assent.db"), key, InstantSource.system());
        inForce = new InForce(loaded(), folder.resolve("state"));
    }

    @AfterEach
    void close() {
        inForce.close();
        store.close();
    }

    @Test
    void what_has_not_changed_is_not_said_to_have() {
        assertThat(reload()).isEqualTo(new Reload.Taken(List.of()));
    }

    @Test
    void what_has_changed_is_said_and_counts_and_is_in_the_audit_trail() throws IOException {
        var provider = inForce.provider(shop());
        Files.writeString(
                file,
                USUAL.replace("platform", "shop")
                        .concat(
                                """
                                plan_ttl: 3d
                                providers: {here: {type: local}, there: {type: local}}
                                replication: {cascading: true}
                                """));
        Files.writeString(
                folder.resolve("policy.yml"),
                "rules: [{name: none, match: \"*/staging\", by: [token-approve]}]\n");

        var reload = reload();

        var changed =
                List.of(
                        "repository platform is gone",
                        "repository shop is new",
                        "provider there is new",
                        "replication",
                        "plan_ttl",
                        "policy");
        assertThat(reload).isEqualTo(new Reload.Taken(changed));
        assertThat(inForce.named("shop")).isPresent();
        assertThat(inForce.planTtl()).hasDays(3);
        assertThat(inForce.catalogue(shop()).cascading()).isTrue();
        assertThat(inForce.provider(shop())).isSameAs(provider);
        assertThat(store.audit().newest(AuditFilter.NONE, 1))
                .singleElement()
                .extracting(AuditEntry::who, AuditEntry::what, AuditEntry::detail)
                .containsExactly("ada", "configuration.reloaded", String.join(", ", changed));
    }

    @Test
    void a_configuration_that_cannot_be_meant_leaves_the_former_in_force() throws IOException {
        Files.writeString(file, USUAL.replace("platform", "shop") + "plan_tttl: 3d\n");

        assertThat(reload())
                .isInstanceOfSatisfying(
                        Reload.Refused.class,
                        it ->
                                assertThat(it.why())
                                        .contains("assent.yml:11:1")
                                        .contains("did you mean `plan_ttl`"));
        assertThat(inForce.named("platform")).isPresent();
        assertThat(store.audit().newest(AuditFilter.NONE, 1)).isEmpty();
    }

    @Test
    void so_does_a_policy_that_cannot_be_meant_and_one_that_is_gone() throws IOException {
        Files.writeString(folder.resolve("policy.yml"), "rules: 1\n");
        assertThat(reload()).isInstanceOf(Reload.Refused.class);

        Files.delete(folder.resolve("policy.yml"));
        assertThat(reload())
                .isInstanceOfSatisfying(
                        Reload.Refused.class, it -> assertThat(it.why()).contains("policy.yml"));
    }

    @Test
    void what_cannot_be_made_ready_for_it_leaves_everything_as_it_was() throws IOException {
        Files.writeString(file, USUAL.replace("platform", "shop"));
        var reloading =
                new Reloading(
                        file,
                        Map.of(),
                        store,
                        inForce,
                        _ -> {
                            throw new SourceException("no secret", new IOException());
                        });

        assertThat(reloading.reload("ada")).isInstanceOf(Reload.Refused.class);
        assertThat(inForce.named("platform")).isPresent();
    }

    @Test
    void what_the_record_cannot_be_told_of_does_not_come_into_force() throws IOException {
        Files.writeString(file, USUAL.replace("platform", "shop"));
        store.close();

        assertThat(reload())
                .isInstanceOfSatisfying(
                        Reload.Refused.class, it -> assertThat(it.why()).contains("assent.db"));
        assertThat(inForce.named("platform")).isPresent();
        assertThat(inForce.named("shop")).isEmpty();
    }

    @Test
    void systemd_is_told_something_even_where_the_record_cannot_be_read() {
        var status = new StatusLine(store, inForce);
        assertThat(status.get()).isEqualTo("watching 1 repository");

        store.close();

        assertThat(status.get()).isEqualTo("watching 1 repository; its record cannot be read");
    }

    private Reload reload() {
        return new Reloading(file, Map.of(), store, inForce, inForce::prepare).reload("ada");
    }

    private Loaded loaded() throws IOException {
        return switch (Loaded.from(file, Map.of())) {
            case Loaded.Loading.Good(var loaded) -> loaded;
            case Loaded.Loading.Bad(var problems) -> throw new IOException(problems.toString());
        };
    }

    private static ApplicationName shop() {
        return new ApplicationName("shop", "production");
    }
}
