package dev.assent.manifest;

import dev.assent.manifest.Tree.Entry;
import java.util.List;
import java.util.Optional;

/// `- server:` with its keys beside it and not beneath: to YAML, a server without anything and some
/// keys that belong to nothing.
final class KeysBesideServer {

    private KeysBesideServer() {}

    static void report(Entry server, List<Entry> beside, Problems problems) {
        var after = beside.stream().allMatch(it -> it.keyPlace().line() > server.keyPlace().line());
        var remedy =
                Remedy.suggest(
                        Optional.of("indent the server's keys by two more spaces than `server`"));
        problems.add(
                Code.KEYS_BESIDE_SERVER,
                new Spot(beside.getFirst().keyPlace(), server.value().pointer()),
                "%s %s beside `server` and not beneath it"
                        .formatted(
                                Words.listed(
                                        beside.stream().map(it -> Words.quoted(it.key())).toList(),
                                        "and"),
                                beside.size() == 1 ? "stands" : "stand"),
                after && server.value().isEmpty()
                        ? remedy.mended(Mending.beneath(server, beside, problems))
                        : remedy);
    }
}
