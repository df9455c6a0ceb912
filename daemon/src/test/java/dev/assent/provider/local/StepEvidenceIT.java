package dev.assent.provider.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assent.model.Variant;
import dev.assent.plan.Digest;
import dev.assent.plan.StepKey;
import dev.assent.provider.BuildOrder;
import dev.assent.provider.OccupiedException;
import dev.assent.provider.Progress;
import dev.assent.provider.ProviderException;
import dev.assent.provider.Settled;
import dev.assent.provider.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What real servers tell of steps of which nobody knows how they ended.
class StepEvidenceIT {

    private static final String ARCHIVED = "6.2.11";
    private static final StepKey FIRST = key("c1.1");
    private static final StepKey SECOND = key("c1.2");

    @TempDir static Path cache;
    @TempDir Path folder;
    private LocalRoom room;
    private BuildOrder order;

    @BeforeEach
    void open() throws IOException {
        room = new LocalRoom(folder, cache);
        order = room.order(Variant.REDIS, "redis1", ARCHIVED);
    }

    @AfterEach
    void close() {
        room.close();
    }

    private static StepKey key(String step) {
        return new StepKey(new Digest("ab".repeat(32)), 1, step);
    }

    private static Progress by(StepKey step) {
        return Progress.SILENT.of(step);
    }

    @Test
    void a_built_server_is_its_steps_own_and_nobody_elses_to_replace_or_to_remove() {
        var build = new Work.Build(order);
        assertThat(room.provider.probe(FIRST, build)).isInstanceOf(Settled.NotStarted.class);

        var endpoint = room.provider.build(order, by(FIRST));
        var pid = room.pid(order);

        assertThat(room.provider.probe(FIRST, build))
                .isInstanceOf(Settled.Done.class)
                .satisfies(it ->
                        assertThat(it.evidence())
                                .contains("listens on " + endpoint, "runs as process " + pid));
        assertThat(room.provider.build(order, by(FIRST))).isEqualTo(endpoint);
        assertThat(room.provider.probe(SECOND, build))
                .isInstanceOf(Settled.Unclear.class)
                .satisfies(it ->
                        assertThat(it.evidence())
                                .contains(
                                        room.folder(order).toString(),
                                        "redis 6.2.11",
                                        "built by step c1.1 of p-abababab"));

        var other = LocalRoom.with(order, Map.of("maxmemory_policy", "allkeys-lru"));
        assertThatThrownBy(() -> room.provider.build(other, by(FIRST)))
                .isInstanceOf(OccupiedException.class)
                .hasMessageContaining("another server is there already");
        assertThatThrownBy(() -> room.provider.build(order, by(SECOND)))
                .isInstanceOf(OccupiedException.class);
        room.provider.discard(order.key(), SECOND, Progress.SILENT);
        assertThat(room.pid(order)).isEqualTo(pid);

        assertThatThrownBy(() -> room.provider.adopt(other, by(SECOND)))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("it is not what was ordered");
        room.provider.adopt(order, by(SECOND));
        assertThat(room.provider.probe(SECOND, build)).isInstanceOf(Settled.Done.class);
        assertThat(room.pid(order)).isEqualTo(pid);

        room.provider.discard(order.key(), SECOND, Progress.SILENT);
        assertThat(room.folder(order)).doesNotExist();
    }

    @Test
    void what_is_half_built_can_be_gone_on_with_and_data_without_a_record_is_nobodys()
            throws IOException {
        room.provider.build(order, by(FIRST));
        var record = room.folder(order).resolve(ServerFolder.RECORD);
        var whole = Files.readString(record);

        Files.writeString(record, whole.replace("\"built\" : true", "\"built\" : false"));
        assertThat(room.provider.probe(FIRST, new Work.Build(order)))
                .isInstanceOf(Settled.Repeatable.class);

        Files.delete(record);
        assertThat(room.provider.probe(FIRST, new Work.Build(order)))
                .isInstanceOf(Settled.Unclear.class);
        room.provider.discard(order.key(), FIRST, Progress.SILENT);
        assertThat(room.folder(order)).exists();

        Files.writeString(record, whole);
    }

    @Test
    void what_was_done_to_a_server_is_noted_in_its_folder_before_and_after() throws IOException {
        room.provider.build(order, by(FIRST));
        var alter = new Work.Alter(order.key());
        assertThat(room.provider.probe(SECOND, alter)).isInstanceOf(Settled.NotStarted.class);

        room.provider.configure(order.key(), order.credentials(), by(SECOND));

        assertThat(room.provider.probe(SECOND, alter))
                .isInstanceOf(Settled.Done.class)
                .satisfies(it -> assertThat(it.evidence()).contains("follows nobody", "runs as"));
        var begun = new StepMark(SECOND, "configure it", false);
        begun.write(room.folder(order));
        assertThat(room.provider.probe(SECOND, alter)).isInstanceOf(Settled.Repeatable.class);
        assertThat(room.provider.probe(key("c2.1"), alter)).isInstanceOf(Settled.NotStarted.class);
    }

    @Test
    void what_fails_is_noted_as_begun_and_not_as_done() {
        room.provider.build(order, by(FIRST));
        var nobody = room.order(Variant.REDIS, "redis2", ARCHIVED);

        assertThatThrownBy(() ->
                        room.provider.fence(
                                order.key(), nobody.key(), order.credentials(), by(SECOND)))
                .isInstanceOf(ProviderException.class);

        assertThat(room.provider.probe(SECOND, new Work.Alter(order.key())))
                .isInstanceOf(Settled.Repeatable.class);
    }

    @Test
    void that_nothing_is_there_says_that_it_is_removed() {
        var remove = new Work.Remove(order.key());
        room.provider.build(order, by(FIRST));
        assertThat(room.provider.probe(SECOND, remove)).isInstanceOf(Settled.NotStarted.class);

        room.provider.remove(order.key(), by(SECOND));

        assertThat(room.provider.probe(SECOND, remove)).isInstanceOf(Settled.Done.class);
    }
}
