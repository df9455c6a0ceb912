package dev.assent.approval;

import dev.assent.state.Assent;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The people whom a policy knows. Each login, address and key belongs to one of them at most.
public record People(List<Person> all) {

    public static final People NONE = new People(List.of());

    /// What an address begins with that tells of an author.
    private static final String EMAIL = "email:";

    /// What the name of a person begins with who signed what they made.
    private static final String SIGNER = "signer:";

    /// What a name begins with that only an identity provider knows.
    private static final String OIDC = "oidc:";

    /// The address that GitHub gives to those who hide theirs, and to whatever is done on its
    /// pages.
    private static final Pattern HIDDEN =
            Pattern.compile("(?:[0-9]+\\+)?([^@+]+)@users\\.noreply\\.github\\.com");

    /// What a forge's rights are called as groups.
    private static final String FORGE_RIGHT = "forge-";

    public People {
        all = List.copyOf(all);
    }

    public Optional<Person> named(String name) {
        return find(it -> it.name().equals(name));
    }

    /// Finds whoever has a login at a forge.
    ///
    /// @param user `github:ada-l`; upper and lower case are the same
    public Optional<Person> withLogin(String user) {
        var colon = user.indexOf(':');
        if (colon < 0) return Optional.empty();
        var login = user.substring(colon + 1);
        return find(it ->
                Optional.ofNullable(it.logins().get(user.substring(0, colon)))
                        .filter(login::equalsIgnoreCase)
                        .isPresent());
    }

    public Optional<Person> withEmail(String address) {
        return find(it -> it.emails().stream().anyMatch(address::equalsIgnoreCase));
    }

    /// Finds whoever is known to an identity provider by a subject or an e-mail address; in an
    /// address upper and lower case are the same.
    public Optional<Person> withOidc(String subject) {
        var known = find(it -> it.oidc().filter(subject::equals).isPresent());
        if (known.isPresent() || !subject.contains("@")) return known;
        return find(it -> it.oidc().filter(subject::equalsIgnoreCase).isPresent())
                .or(() -> withEmail(subject));
    }

    private Optional<Person> find(Predicate<Person> which) {
        return all.stream().filter(which).findFirst();
    }

    /// Who somebody is for the policy: the name of a person, or else what was said, which no
    /// person's name can be (`github:eve`).
    public String person(String said) {
        return named(said)
                .or(() -> withLogin(said))
                .or(() -> withAddress(said))
                .map(Person::name)
                .orElseGet(() -> said.contains(":") ? said.toLowerCase(Locale.ROOT) : said);
    }

    private Optional<Person> withAddress(String said) {
        return said.startsWith(OIDC) ? withOidc(said.substring(OIDC.length())) : Optional.empty();
    }

    /// The groups that the policy gives to a person.
    public SortedSet<String> groups(String person) {
        return named(person).map(Person::groups).orElseGet(TreeSet::new);
    }

    /// Who says yes now.
    Voice voice(Speaker speaker) {
        return voice(speaker.person(), speaker.groups(), Set.of(speaker.channel()));
    }

    /// Who said yes, as the policy knows them now: whoever has left a group since has left it.
    Voice voice(Assent assent) {
        var channel = Channel.of(assent.channel()).map(Set::of).orElseGet(Set::of);
        return voice(assent.person(), assent.groups(), channel);
    }

    /// Somebody who could say yes anywhere.
    public Voice voice(String said, SortedSet<String> brought) {
        return voice(said, brought, Set.of(Channel.values()));
    }

    private Voice voice(String said, SortedSet<String> brought, Set<Channel> channels) {
        var person = person(said);
        var groups = new TreeSet<>(groups(person));
        // A forge's rights are proved by a forge, and a token's scope by a token, whatever else
        // calls a group so.
        var byForge = isBy(Channel.Proof.FORGE, channels);
        var byToken = isBy(Channel.Proof.TOKEN, channels);
        brought.stream()
                .filter(it -> byForge || !isForgeRight(it))
                .filter(it -> byToken || !it.equals(Speaker.TOKEN_APPROVE))
                .forEach(groups::add);
        return new Voice(person, groups, channels);
    }

    private static boolean isBy(Channel.Proof proof, Set<Channel> channels) {
        return channels.stream().anyMatch(it -> it.proof() == proof);
    }

    static boolean isForgeRight(String group) {
        return group.startsWith(FORGE_RIGHT);
    }

    /// Whose change it is, by any of the names that are known of them.
    SortedSet<String> authors(Matter matter) {
        var authors = new TreeSet<String>();
        for (var it : matter.wanted().authors()) {
            authors.add(author(it));
            // Who is nobody here may still sign in with that very address.
            if (it.startsWith(EMAIL)) authors.add(person(OIDC + it.substring(EMAIL.length())));
        }
        matter.asked()
                .ifPresent(it -> {
                    authors.add(person(it.person()));
                    // Who holds the admin token gives any name, most likely the own one.
                    named(it.who()).map(Person::name).ifPresent(authors::add);
                });
        return authors;
    }

    private String author(String said) {
        if (said.startsWith(SIGNER)) return said.substring(SIGNER.length());
        if (!said.startsWith(EMAIL)) return person(said);
        var address = said.substring(EMAIL.length());
        return withEmail(address)
                .map(Person::name)
                .orElseGet(() -> {
                    var hidden = HIDDEN.matcher(address);
                    return person(hidden.matches() ? "github:" + hidden.group(1) : said);
                });
    }
}
