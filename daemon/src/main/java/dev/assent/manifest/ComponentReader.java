package dev.assent.manifest;

import dev.assent.manifest.Tree.Entry;
import dev.assent.model.Engine;
import dev.assent.model.GroupName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads the groups of a component: several under `groups`, or the one of the short form, which is
/// called `default`.
final class ComponentReader {

    private static final Set<String> SHORT_FORM =
            Set.of("configuration", "server", "servers", "shared_server", "shared_group");

    private final Problems problems;

    ComponentReader(Problems problems) {
        this.problems = problems;
    }

    List<DeclaredGroup> read(Engine engine, Entry component) {
        var reader = new GroupReader(engine, problems);
        if (!(component.value() instanceof Tree.Mapping body)) {
            return List.of(reader.read(GroupName.DEFAULT, component.value(), component.keySpot()));
        }
        NearKeys.warn(body, "component", problems);
        Strays.inGroup(body, "component", problems);
        var groups = new ArrayList<DeclaredGroup>();
        for (var entry : groupEntries(body)) {
            if (entry.value() instanceof Tree.Mapping group) {
                NearKeys.warn(group, "group", problems);
                Strays.inGroup(group, "group", problems);
            }
            if (isName(entry)) {
                groups.add(reader.read(entry.key(), entry.value(), entry.keySpot()));
            }
        }
        var shortForm = shortForm(body);
        if (shortForm.isPresent() && standard(body).isPresent()) {
            reportBoth(component, standard(body).get(), shortForm.get());
        } else if (shortForm.isPresent() || body.entry("groups").isEmpty()) {
            groups.addFirst(reader.read(GroupName.DEFAULT, body, component.keySpot()));
        }
        if (shortForm.isEmpty() && body.mapping("groups").isPresent()) {
            Strays.besideGroups(body, problems);
        }
        return groups;
    }

    private static List<Entry> groupEntries(Tree.Mapping body) {
        return body.mapping("groups").map(Tree.Mapping::lastOfEach).orElse(List.of());
    }

    private static Optional<Entry> shortForm(Tree.Mapping body) {
        return body.entries().stream()
                .filter(it -> SHORT_FORM.contains(it.key()) && !it.value().isEmpty())
                .findFirst();
    }

    private static Optional<Entry> standard(Tree.Mapping body) {
        return body.mapping("groups").flatMap(it -> it.entry(GroupName.DEFAULT));
    }

    private void reportBoth(Entry component, Entry standard, Entry shortForm) {
        problems.add(
                Code.SHORT_FORM_AND_DEFAULT,
                standard.keySpot(),
                "the group `default` of %s stands here, and in line %d, as `%s` directly under `%s`, once more"
                        .formatted(
                                Words.quoted(component.key()),
                                shortForm.keyPlace().line(),
                                shortForm.key(),
                                component.key()),
                Remedy.suggest("move all of it under `groups:`, or leave `groups:` out"));
    }

    private boolean isName(Entry entry) {
        if (GroupName.isName(entry.key())) return true;
        problems.add(
                Code.BAD_GROUP_NAME,
                entry.keySpot(),
                "%s cannot name a group; a name has letters, digits, `_` and `-`, at most 63"
                        .formatted(
                                entry.key().isBlank()
                                        ? "an empty text"
                                        : Words.quoted(entry.key())),
                Mending.nearest(
                        entry,
                        Optional.of(entry.key().strip().replaceAll("[^\\p{L}\\p{N}_-]+", "-"))
                                .filter(GroupName::isName),
                        problems));
        return false;
    }
}
