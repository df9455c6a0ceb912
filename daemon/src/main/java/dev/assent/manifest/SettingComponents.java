package dev.assent.manifest;

import dev.assent.manifest.Layout.Component;
import dev.assent.manifest.Tree.Entry;
import java.util.List;
import java.util.TreeMap;

/// Components that are a setting of another one: `postgis` beside `postgresql`, as old files have
/// it.
final class SettingComponents {

    private SettingComponents() {}

    /// The groups with what such components say of them. What a group says itself counts first.
    static List<DeclaredGroup> into(
            List<DeclaredGroup> groups, List<Component> others, Problems problems) {
        var settings = others.stream().map(Component::entry).filter(SettingComponents::isOne);
        return settings.reduce(groups, (all, it) -> into(all, it, problems), (_, last) -> last);
    }

    private static boolean isOne(Entry component) {
        return !engines(component).isEmpty();
    }

    private static List<String> engines(Entry component) {
        return SchemaFile.MANIFEST.annotations(
                "configuration", component.key(), GroupReader.ONLY_OF);
    }

    private static List<DeclaredGroup> into(
            List<DeclaredGroup> groups, Entry component, Problems problems) {
        var engines = engines(component);
        if (groups.stream().noneMatch(it -> engines.contains(it.name().engine().word()))) {
            return groups;
        }
        problems.add(
                Code.MISPLACED_KEY,
                component.keySpot(),
                "%s is a setting of %s and stands beside it"
                        .formatted(Words.quoted(component.key()), Words.listed(engines, "and")),
                Remedy.suggest(
                        "put it under `configuration:` of `%s:`".formatted(engines.getFirst())));
        return groups.stream()
                .map(it -> engines.contains(it.name().engine().word()) ? with(it, component) : it)
                .toList();
    }

    private static DeclaredGroup with(DeclaredGroup group, Entry component) {
        var key = component.key();
        var settings = new TreeMap<>(group.specification().settings());
        if (settings.keySet().stream().anyMatch(it -> it.split("\\.")[0].equals(key))) {
            return group;
        }
        if (component.value().isEmpty()) {
            settings.put(key, "true");
        } else {
            Settings.add(key, component.value(), settings);
        }
        return group.with(group.specification().with(settings));
    }
}
