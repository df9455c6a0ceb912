package dev.assent.approval;

import dev.assent.manifest.CheckedTree;
import dev.assent.manifest.Code;
import dev.assent.manifest.Tree;
import dev.assent.manifest.YamlFile;
import dev.assent.model.ApplicationPattern;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads a policy. Its structure is what `policy.schema.json` says; what a schema cannot know is
/// checked here, and told with the same places and in the same words.
public final class PolicyReader {

    private final YamlFile file = YamlFile.describedBy("/schema/policy.schema.json");

    /// Reads one file; all that is wrong with it in one go.
    ///
    /// @param path for places in messages only
    public PolicyReading read(String path, byte[] bytes) {
        var tree = file.read(path, bytes);
        if (tree.hasErrors()) return new PolicyReading.Invalid(tree.problems());

        var policy = new Reader(tree).policy();
        return tree.hasErrors()
                ? new PolicyReading.Invalid(tree.problems())
                : new PolicyReading.Valid(policy, tree.problems());
    }

    /// One reading of one file.
    private record Reader(CheckedTree tree) {

        private Policy policy() {
            var zone = zone(tree.root(), ZoneId.of("UTC"));
            var people = new PeopleReader(tree);
            var all = people.people();
            var rules = new RuleReader(tree, people, value -> zone(value, zone)).rules();
            return new Policy(all, rules, freezes(zone));
        }

        private List<Freeze> freezes(ZoneId otherwise) {
            var freezes = new ArrayList<Freeze>();
            for (var item : tree.root().list("freezes")) {
                if (item instanceof Tree.Mapping it) {
                    freeze(it, zone(it, otherwise)).ifPresent(freezes::add);
                }
            }
            return freezes;
        }

        private Optional<Freeze> freeze(Tree.Mapping item, ZoneId zone) {
            var match = RuleReader.match(tree, item);
            var from = moment(item, "from", zone);
            var until = moment(item, "until", zone);
            if (from.isEmpty() || until.isEmpty()) return Optional.empty();
            if (!from.get().isBefore(until.get())) {
                wrong(item.value("until").orElse(item), "a freeze ends later than it begins");
                return Optional.empty();
            }
            return Optional.of(
                    new Freeze(
                            new ApplicationPattern(match),
                            from.get(),
                            until.get(),
                            item.text("reason").orElse("")));
        }

        private Optional<Instant> moment(Tree.Mapping item, String key, ZoneId zone) {
            var text = item.text(key).orElse("").replace(' ', 'T');
            try {
                return Optional.of(OffsetDateTime.parse(text).toInstant());
            } catch (DateTimeException _) {
                // Then without an offset.
            }
            try {
                return Optional.of(LocalDateTime.parse(text).atZone(zone).toInstant());
            } catch (DateTimeException _) {
                wrong(
                        item.value(key).orElse(item),
                        "`%s` is a day and a time: `2026-12-20T18:00`, or with an offset of its own `2026-12-20T18:00:00+01:00`"
                                .formatted(key));
                return Optional.empty();
            }
        }

        private ZoneId zone(Tree.Mapping item, ZoneId otherwise) {
            var text = item.text("zone");
            if (text.isEmpty()) return otherwise;
            try {
                return ZoneId.of(text.get());
            } catch (DateTimeException _) {
                wrong(
                        item.value("zone").orElse(item),
                        "there is no time zone `%s`; write one as `Europe/Berlin`, `UTC` or `+02:00`"
                                .formatted(text.get()));
                return otherwise;
            }
        }

        private void wrong(Tree where, String message) {
            tree.report(Code.NOT_ALLOWED, where.spot(), message, Optional.empty());
        }
    }
}
