package dev.assent.engine;

import dev.assent.model.Endpoint;
import dev.assent.model.Version;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a Redis server's `INFO` says, read.
///
/// @param fields each line's word and value
record RedisState(Map<String, String> fields) {

    /// A source says something every second; what is heard within two of them is now.
    private static final long USUAL_SILENCE = 1;

    static RedisState of(String text) {
        return new RedisState(
                text.lines()
                        .filter(line -> !line.startsWith("#") && line.indexOf(':') > 0)
                        .collect(
                                Collectors.toMap(
                                        line -> line.substring(0, line.indexOf(':')),
                                        line -> line.substring(line.indexOf(':') + 1).strip(),
                                        (first, _) -> first)));
    }

    /// Valkey also tells which Redis it is like; its own version counts.
    Version version() {
        var own = fields.getOrDefault("valkey_version", text("redis_version"));
        if (!Version.isVersion(own)) throw new EngineException("its version is `" + own + "`");
        return new Version(own);
    }

    /// Whether it still reads its data from the disk, or from its source, and answers nothing else.
    boolean loads() {
        return !text("loading").equals("0");
    }

    boolean isReplica() {
        return text("role").equals("slave");
    }

    boolean follows() {
        return isReplica() && text("master_link_status").equals("up");
    }

    /// Whether it takes over all of its source's data.
    boolean copies() {
        return isReplica() && text("master_sync_in_progress").equals("1");
    }

    Optional<Endpoint> source() {
        return isReplica()
                ? Optional.of(
                        new Endpoint(text("master_host"), Integer.parseInt(text("master_port"))))
                : Optional.empty();
    }

    /// How far the stream of changes has been written, or taken over.
    long offset() {
        return Long.parseLong(text(isReplica() ? "slave_repl_offset" : "master_repl_offset"));
    }

    /// Which history of changes the offset counts in.
    String history() {
        return text("master_replid");
    }

    Answer answer() {
        return new Answer(version(), isReplica(), source(), lag(), trouble());
    }

    private Optional<Duration> lag() {
        if (!follows()) return Optional.empty();
        var silence = Long.parseLong(text("master_last_io_seconds_ago"));
        return Optional.of(Duration.ofSeconds(Math.max(0, silence - USUAL_SILENCE)));
    }

    private Optional<String> trouble() {
        if (text("aof_last_write_status").equals("err")) {
            return Optional.of(
                    "it could not write its changes to its disk and takes no more; its log says why");
        }
        if (isReplica() && !follows()) return Optional.of(withoutSource());
        if (text("aof_last_bgrewrite_status").equals("err")) {
            return Optional.of(
                    "it could not write its file of changes anew, which goes on growing; its log says why");
        }
        if (text("rdb_last_bgsave_status").equals("err")) {
            return Optional.of("its last snapshot failed; its log says why");
        }
        return Optional.empty();
    }

    private String withoutSource() {
        var source = source().orElseThrow();
        if (copies()) return "it is still being copied from " + source;
        var since = fields.get("master_link_down_since_seconds");
        return since == null || since.startsWith("-")
                ? "it receives no changes from " + source
                : "it has received no changes from %s for %s s".formatted(source, since);
    }

    private String text(String field) {
        return fields.getOrDefault(field, "");
    }
}
