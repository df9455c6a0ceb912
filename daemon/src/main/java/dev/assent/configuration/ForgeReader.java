package dev.assent.configuration;

import dev.assent.forge.ForgeSettings;
import dev.assent.forge.ForgeSettings.App;
import dev.assent.forge.ForgeSettings.Kind;
import dev.assent.manifest.CheckedTree;
import dev.assent.manifest.Tree;
import dev.assent.model.UnfitException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads `forge` of each repository: where its pull requests are. What is left out follows from the
/// repository's URL.
final class ForgeReader {

    private final CheckedTree tree;
    private final FilesNamed files;

    private ForgeReader(CheckedTree tree, FilesNamed files) {
        this.tree = tree;
        this.files = files;
    }

    /// The forges by the names of their repositories.
    static Map<String, ForgeSettings> read(
            CheckedTree tree, FilesNamed files, List<Tree.Mapping> repositories) {
        var reader = new ForgeReader(tree, files);
        var forges = new LinkedHashMap<String, ForgeSettings>();
        for (var repository : repositories) {
            repository
                    .mapping("forge")
                    .ifPresent(forge ->
                            reader.forge(forge, url(repository))
                                    .ifPresent(it -> {
                                        reader.checkLogins(forge, it, forges.values());
                                        forges.put(repository.text("name").orElse(""), it);
                                    }));
        }
        return forges;
    }

    /// A policy knows a login by the kind of its forge: at another server of that kind anybody
    /// could have taken it.
    private void checkLogins(
            Tree.Mapping forge, ForgeSettings settings, Collection<ForgeSettings> others) {
        others.stream()
                .filter(it -> it.kind() == settings.kind())
                .filter(it -> !server(it).equalsIgnoreCase(server(settings)))
                .findFirst()
                .ifPresent(it ->
                        wrong(
                                forge.value("api").orElse(forge),
                                "another repository is at %s already, and a policy tells logins apart by the kind of their forge alone; let one daemon speak with one %s"
                                        .formatted(server(it), it.kind().shown())));
    }

    private static String server(ForgeSettings settings) {
        return settings.api().getRawAuthority();
    }

    private Optional<ForgeSettings> forge(Tree.Mapping forge, Optional<URI> repository) {
        var kind = kind(forge);
        var api =
                forge.text("api")
                        .flatMap(ForgeReader::uri)
                        .or(() -> repository.flatMap(it -> api(kind, it)));
        var project = forge.text("project").or(() -> repository.flatMap(ForgeReader::project));
        if (api.isEmpty()) {
            wrong(
                    forge.value("api").orElse(forge),
                    "where the API begins does not follow from the repository's URL; write it as"
                            + " `api: https://HOST/api/v4`");
            return Optional.empty();
        }
        if (project.isEmpty()) {
            wrong(
                    forge,
                    "which project it is does not follow from the repository's URL; write it as"
                            + " `project: acme/platform`");
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new ForgeSettings(
                            kind,
                            api.get(),
                            project.get(),
                            files.at(forge, "token_file"),
                            forge.mapping("app").map(this::app)));
        } catch (UnfitException e) {
            e.all().forEach(it -> wrong(forge.value(it.key()).orElse(forge), it.why()));
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            wrong(forge.value("app").orElse(forge), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static Kind kind(Tree.Mapping forge) {
        return Stream.of(Kind.values())
                .filter(it -> forge.text("type").equals(Optional.of(it.word())))
                .findFirst()
                .orElse(Kind.GITHUB);
    }

    private App app(Tree.Mapping app) {
        return new App(
                app.text("id").orElse(""),
                app.number("installation"),
                files.at(app, "key_file").orElse(Path.of("")));
    }

    /// Where a forge of this kind has its API, when its repositories are there.
    private static Optional<URI> api(Kind kind, URI repository) {
        var host = repository.getHost();
        if (host == null) return Optional.empty();
        // Over SSH the port is another one than the API's.
        var web =
                repository.getPort() < 0 || repository.getScheme().equalsIgnoreCase("ssh")
                        ? host
                        : host + ":" + repository.getPort();
        var scheme = repository.getScheme().equalsIgnoreCase("http") ? "http" : "https";
        return uri(
                switch (kind) {
                    case GITHUB ->
                            host.equalsIgnoreCase("github.com")
                                    ? "https://api.github.com"
                                    : scheme + "://" + web + "/api/v3";
                    case GITLAB -> scheme + "://" + web + "/api/v4";
                    case GITEA -> scheme + "://" + web + "/api/v1";
                });
    }

    private static Optional<String> project(URI repository) {
        if (repository.getHost() == null) return Optional.empty();
        var path = repository.getPath().replaceFirst("^/+", "").replaceFirst("(\\.git)?/*$", "");
        return path.contains("/") ? Optional.of(path) : Optional.empty();
    }

    /// A URL that the repository itself takes; what is wrong with another is said there.
    private static Optional<URI> url(Tree.Mapping repository) {
        return repository.text("url").flatMap(ForgeReader::uri);
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(URI.create(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private void wrong(Tree where, String message) {
        tree.refuse(where, message);
    }
}
