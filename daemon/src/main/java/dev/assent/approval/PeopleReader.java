package dev.assent.approval;

import dev.assent.manifest.CheckedTree;
import dev.assent.manifest.Code;
import dev.assent.manifest.Spot;
import dev.assent.manifest.Tree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The people and groups of a policy, while it is read.
final class PeopleReader {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /// Who has them already: the holder of the admin token, and the daemon itself.
    private static final Set<String> TAKEN = Set.of(Speaker.ADMIN, "assent");

    private static final List<String> FORGES = List.of("github", "gitlab", "gitea");

    private final CheckedTree tree;
    private final Map<String, Set<String>> groups = new LinkedHashMap<>();
    private final Map<String, Person> people = new TreeMap<>();

    /// Whose a login, an address or a key is.
    private final Map<String, String> owners = new HashMap<>();

    PeopleReader(CheckedTree tree) {
        this.tree = tree;
    }

    boolean isPerson(String name) {
        return people.containsKey(name) || name.equals(Speaker.ADMIN);
    }

    boolean isGroup(String name) {
        return groups.containsKey(name);
    }

    /// Everybody who is declared, people and groups, for a message.
    String names() {
        var names = new TreeSet<>(people.keySet());
        names.addAll(groups.keySet());
        names.add(Speaker.ADMIN);
        return String.join(", ", names);
    }

    People people() {
        var declared = tree.root().mapping("people").map(Tree.Mapping::entries).orElse(List.of());
        var names = declared.stream().map(Tree.Entry::key).toList();
        tree.root()
                .mapping("groups")
                .ifPresent(all -> all.entries().forEach(it -> group(it, names)));
        declared.forEach(this::person);
        return new People(List.copyOf(people.values()));
    }

    private void group(Tree.Entry entry, List<String> names) {
        var name = entry.key();
        if (!NAME.matcher(name).matches() || TAKEN.contains(name)) {
            wrong(entry.keySpot(), "`%s` cannot name a group".formatted(name));
        } else if (isBrought(name)) {
            wrongNotOurs(entry);
        } else if (names.contains(name)) {
            wrong(entry.keySpot(), "a person is called `%s` too".formatted(name));
        }
        var members = new TreeSet<String>();
        if (entry.value() instanceof Tree.Sequence list) {
            for (var item : list.items()) {
                var member = item.text().orElse("");
                if (!names.contains(member)) {
                    wrong(
                            item.spot(),
                            "there is no person `%s`; there is %s"
                                    .formatted(
                                            member,
                                            names.isEmpty()
                                                    ? "nobody yet: add `people`"
                                                    : String.join(", ", names)));
                }
                members.add(member);
            }
        }
        groups.put(name, members);
    }

    private void person(Tree.Entry entry) {
        var name = entry.key();
        if (!NAME.matcher(name).matches()) {
            wrong(entry.keySpot(), "a person's name is made of letters, digits, `.`, `_` and `-`");
        }
        if (TAKEN.contains(name)) {
            wrong(
                    entry.keySpot(),
                    "`%s` is nobody in particular; give the person a name".formatted(name));
        }
        if (isBrought(name)) wrongNotOurs(entry);
        var of = new TreeSet<String>();
        groups.forEach((group, members) -> {
            if (members.contains(name)) of.add(group);
        });
        var item =
                entry.value() instanceof Tree.Mapping it
                        ? Optional.of(it)
                        : Optional.<Tree.Mapping>empty();
        people.put(
                name,
                new Person(
                        name,
                        of,
                        item.map(it -> emails(it, name)).orElse(List.of()),
                        item.map(it -> logins(it, name)).orElse(Map.of()),
                        item.map(it -> sshKeys(it, name)).orElse(List.of()),
                        item.map(it -> pgpKeys(it, name)).orElse(List.of()),
                        item.flatMap(it -> oidc(it, name))));
    }

    /// Whether a rule that names it means those who have it from elsewhere.
    private static boolean isBrought(String name) {
        return People.isForgeRight(name) || name.equals(Speaker.TOKEN_APPROVE);
    }

    private void wrongNotOurs(Tree.Entry entry) {
        wrong(
                entry.keySpot(),
                "`forge-…` are the rights that a forge knows of, and `token-approve` is a token's scope; nobody else is called so");
    }

    private List<String> emails(Tree.Mapping item, String name) {
        var emails = new ArrayList<String>();
        for (var it : item.list("emails")) {
            var email = it.text().orElse("");
            own(it, name, "address `%s`".formatted(email.toLowerCase(Locale.ROOT)));
            emails.add(email);
        }
        return emails;
    }

    private Map<String, String> logins(Tree.Mapping item, String name) {
        var logins = new TreeMap<String, String>();
        for (var forge : FORGES) {
            item.text(forge)
                    .ifPresent(it -> {
                        var login = it.toLowerCase(Locale.ROOT);
                        own(
                                item.value(forge).orElse(item),
                                name,
                                "login `%s:%s`".formatted(forge, login));
                        logins.put(forge, it);
                    });
        }
        return logins;
    }

    private List<String> sshKeys(Tree.Mapping item, String name) {
        var keys = new ArrayList<String>();
        for (var it : item.list("ssh_keys")) {
            var parts = BLANKS.split(it.text().orElse("").strip());
            if (parts.length < 2 || !isBase64(parts[1]) || !parts[0].matches("[a-z0-9@.-]+")) {
                wrong(
                        it.spot(),
                        "a public SSH key is a type and the key itself, as in an `authorized_keys` file: `ssh-ed25519 AAAA…`");
                continue;
            }
            var key = parts[0] + " " + parts[1];
            own(
                    it,
                    name,
                    "key `%s %s…`"
                            .formatted(
                                    parts[0],
                                    parts[1].substring(0, Math.min(24, parts[1].length()))),
                    key);
            keys.add(key);
        }
        return keys;
    }

    private static boolean isBase64(String text) {
        try {
            return Base64.getDecoder().decode(text).length > 16;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private List<Path> pgpKeys(Tree.Mapping item, String name) {
        var files = new ArrayList<Path>();
        for (var it : item.list("pgp_keys")) {
            var file = it.text().orElse("");
            if (!file.startsWith("/")) {
                wrong(
                        it.spot(),
                        "the file of a key is named with its whole path: `/etc/assent/keys/ada.asc`");
                continue;
            }
            own(it, name, "key file `%s`".formatted(file));
            files.add(Path.of(file));
        }
        return files;
    }

    private Optional<String> oidc(Tree.Mapping item, String name) {
        item.value("oidc")
                .ifPresent(it ->
                        own(it, name, "subject `%s`".formatted(subject(it.text().orElse("")))));
        return item.text("oidc");
    }

    private static String subject(String text) {
        return text.contains("@") ? text.toLowerCase(Locale.ROOT) : text;
    }

    private void own(Tree where, String name, String what) {
        own(where, name, what, what);
    }

    /// Two people with one login could not be told apart.
    private void own(Tree where, String name, String what, String key) {
        var owner = owners.putIfAbsent(key, name);
        if (owner == null) return;
        wrong(
                where.spot(),
                owner.equals(name)
                        ? "the %s stands twice".formatted(what)
                        : "the %s is `%s`'s already".formatted(what, owner));
    }

    private void wrong(Spot spot, String message) {
        tree.report(Code.NOT_ALLOWED, spot, message, Optional.empty());
    }
}
