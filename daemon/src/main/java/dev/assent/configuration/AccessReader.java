package dev.assent.configuration;

import dev.assent.configuration.AccessSettings.Readers;
import dev.assent.manifest.CheckedTree;
import dev.assent.manifest.Tree;
import dev.assent.state.TokenScope;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Reads `http`, `oidc` and the repositories' `webhook`.
record AccessReader(CheckedTree tree, FilesNamed files) {

    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9-]+)*");

    AccessSettings read() {
        return new AccessSettings(
                names(), metrics(), tree.root().mapping("oidc").flatMap(this::oidc), webhooks());
    }

    private Set<String> names() {
        var names = new TreeSet<String>();
        tree.root()
                .mapping("http")
                .ifPresent(http ->
                        http.list("names")
                                .forEach(it -> {
                                    var name = it.text().orElse("");
                                    if (!HOST.matcher(name).matches()) {
                                        wrong(
                                                it,
                                                "a host name stands without scheme, port and path:"
                                                        + " `assent.example.org`");
                                    }
                                    names.add(name);
                                }));
        return names;
    }

    private Readers metrics() {
        // What is none of these words, the schema has reported already.
        return tree.root()
                .mapping("http")
                .flatMap(it -> it.text("metrics"))
                .filter(it -> List.of("local", "token", "all").contains(it))
                .map(Readers::of)
                .orElse(Readers.LOCAL);
    }

    private Optional<OidcSettings> oidc(Tree.Mapping oidc) {
        var issuer = oidc.text("issuer").flatMap(OidcSettings::address);
        if (issuer.isEmpty()) {
            wrong(
                    oidc.value("issuer").orElse(oidc),
                    "an issuer is an `https://` URL, exactly as it stands in its tokens");
        }
        var scopes = new LinkedHashMap<String, TokenScope>();
        oidc.mapping("scopes")
                .ifPresent(all ->
                        all.entries()
                                .forEach(it ->
                                        it.value()
                                                .text()
                                                .flatMap(TokenScope::of)
                                                .ifPresent(scope -> scopes.put(it.key(), scope))));
        return issuer.map(it ->
                new OidcSettings(
                        it,
                        oidc.text("audience").orElse(""),
                        oidc.text("name_claim"),
                        oidc.text("groups_claim").orElse("groups"),
                        scopes));
    }

    private Map<String, Path> webhooks() {
        var secrets = new LinkedHashMap<String, Path>();
        for (var item : tree.root().list("repositories")) {
            if (!(item instanceof Tree.Mapping repository)) continue;
            repository
                    .mapping("webhook")
                    .flatMap(it -> files.at(it, "secret_file"))
                    .ifPresent(it -> secrets.put(repository.text("name").orElse(""), it));
        }
        return secrets;
    }

    private void wrong(Tree where, String message) {
        tree.refuse(where, message);
    }
}
