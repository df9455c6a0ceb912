package dev.assent.configuration;

import dev.assent.apply.Beginning;
import dev.assent.manifest.CheckedTree;
import dev.assent.manifest.Code;
import dev.assent.manifest.Overriding;
import dev.assent.manifest.Problem;
import dev.assent.manifest.Tree;
import dev.assent.manifest.YamlFile;
import dev.assent.model.UnfitException;
import dev.assent.source.HeadPattern;
import dev.assent.source.ManifestPattern;
import dev.assent.source.PublishedHead;
import dev.assent.source.Repository;
import dev.assent.source.SignedCommits;
import dev.assent.state.RecordServer;
import dev.assent.systemd.CredentialFiles;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Reads the server's configuration file. Its structure is what `config.schema.json` says; what a
/// schema cannot know is checked here, and told with the same places and in the same words.
public final class ConfigurationReader {

    private static final Pattern PORTS = Pattern.compile("([0-9]{1,5})-([0-9]{1,5})");
    private static final Pattern OWNER =
            Pattern.compile(
                    "[A-Za-z0-9_][A-Za-z0-9_.-]*(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?|:[A-Za-z0-9_][A-Za-z0-9_.-]*");
    private static final Duration POLL = Duration.ofSeconds(30);
    private static final Duration PLAN_TTL = Duration.ofDays(7);
    private static final Duration REDEPLOY = Duration.ofSeconds(60);
    private static final Duration LONGEST_REDEPLOY = Duration.ofMinutes(10);
    private static final ProviderSettings LOCAL =
            new ProviderSettings.Local(20_000, 29_999, Optional.empty(), true, Optional.empty());

    /// What the names of variables begin with that give a setting.
    public static final String VARIABLES = "ASSENT_CONFIG_";

    /// The variable that names the file.
    public static final String FILE = "ASSENT_CONFIG";

    private final YamlFile file = YamlFile.describedBy("/schema/config.schema.json");

    /// Reads one file, with no variable above it; all that is wrong with it in one go.
    ///
    /// @param path for places in messages, and for the files beside it
    public ConfigurationReading read(String path, byte[] bytes) {
        return read(path, bytes, Map.of());
    }

    /// Reads one file, and what the process's variables (`ASSENT_CONFIG_…`) say instead of it.
    public ConfigurationReading read(String path, byte[] bytes, Map<String, String> environment) {
        return check(path, bytes, environment).reading();
    }

    /// The same, with everything that can be said of it.
    public CheckedConfiguration check(String path, byte[] bytes, Map<String, String> environment) {
        var tree = file.read(path, bytes, new Overriding(VARIABLES, environment));
        var files = new FilesNamed(tree, CredentialFiles.of(environment, Path.of(path)));
        var reader = new Reader(tree, files, new Durations(tree));
        var configuration = reader.configuration();
        new RulesReached(tree).check(reader.mappings("applications"));
        files.check();
        var problems = tree.problems();
        return new CheckedConfiguration(
                tree.hasErrors()
                        ? new ConfigurationReading.Invalid(withoutFiles(problems))
                        : new ConfigurationReading.Valid(configuration),
                problems,
                tree);
    }

    /// A file that is missing may come yet; whoever reads it says so.
    private static List<Problem> withoutFiles(List<Problem> problems) {
        return problems.stream().filter(it -> it.code() != Code.NO_SUCH_FILE).toList();
    }

    /// One reading of one file.
    private record Reader(CheckedTree tree, FilesNamed files, Durations durations) {

        private Configuration configuration() {
            var providers = providers();
            return new Configuration(
                    repositories(),
                    providers,
                    applications(providers),
                    tree.root()
                            .mapping("replication")
                            .flatMap(it -> it.text("cascading"))
                            .filter(it -> it.equals("true"))
                            .isPresent(),
                    tree.root()
                            .value("plan_ttl")
                            .map(it -> duration(it, PLAN_TTL))
                            .orElse(PLAN_TTL),
                    tree.root().text("policy").map(Path::of),
                    new AccessReader(tree, files).read(),
                    ForgeReader.read(tree, files, mappings("repositories")),
                    new NotificationsReader(tree, files, this::duration)
                            .read(mappings("notifications")),
                    tree.root().mapping("traces").flatMap(this::traces),
                    tree.root().mapping("record").flatMap(this::record),
                    new SizesReader(tree).read(),
                    tree.root().mapping("record_backups").map(this::backups),
                    tree.root()
                            .mapping("audit")
                            .flatMap(it -> it.mapping("publish"))
                            .flatMap(this::published));
        }

        private BackupSettings backups(Tree.Mapping item) {
            var folder = item.text("folder").map(Path::of);
            if (folder.filter(it -> !it.isAbsolute()).isPresent()) {
                wrong(
                        item.value("folder").orElse(item),
                        "the folder for backups is named with its whole path:"
                                + " `/var/backups/assent`");
            }
            return new BackupSettings(
                    item.value("every")
                            .map(it -> duration(it, BackupSettings.EVERY))
                            .orElse(BackupSettings.EVERY),
                    item.text("keep").map(Integer::parseInt).orElse(BackupSettings.KEEP),
                    folder);
        }

        private Optional<PublishSettings> published(Tree.Mapping item) {
            var name = item.text("repository").orElse("");
            var known =
                    mappings("repositories").stream()
                            .flatMap(it -> it.text("name").stream())
                            .toList();
            if (!known.contains(name)) {
                tree.refuse(
                        item.value("repository").orElse(item),
                        "there is no repository `%s`; there is %s"
                                .formatted(name, String.join(", ", known)),
                        known);
                return Optional.empty();
            }
            var ref = item.text("ref").orElse(PublishSettings.REF);
            if (!PublishedHead.isRef(ref)) {
                wrong(
                        item.value("ref").orElse(item),
                        "the head of the audit trail goes to a ref of its own, which is no branch"
                                + " and no tag: `refs/assent/audit`");
                return Optional.empty();
            }
            return Optional.of(new PublishSettings(name, ref));
        }

        private Optional<TracesSettings> traces(Tree.Mapping item) {
            var endpoint = item.text("endpoint").orElse("");
            try {
                var uri = new URI(endpoint);
                if (uri.getHost() != null && uri.getUserInfo() == null) {
                    return Optional.of(new TracesSettings(uri, files.at(item, "headers_file")));
                }
            } catch (URISyntaxException _) {
                // Said below, without quoting what may hold a password.
            }
            wrong(
                    item.value("endpoint").orElse(item),
                    "traces go to an address without user and password:"
                            + " `http://127.0.0.1:4318/v1/traces`; what signs in stands in"
                            + " `headers_file`");
            return Optional.empty();
        }

        private Optional<RecordServer> record(Tree.Mapping item) {
            try {
                return Optional.of(
                        RecordServer.at(
                                item.text("url").orElse(""), files.at(item, "password_file")));
            } catch (IllegalArgumentException e) {
                wrong(item.value("url").orElse(item), String.valueOf(e.getMessage()));
                return Optional.empty();
            }
        }

        private List<Repository> repositories() {
            var repositories = new ArrayList<Repository>();
            for (var item : mappings("repositories")) {
                repository(item)
                        .ifPresent(repository -> {
                            var taken =
                                    repositories.stream()
                                            .anyMatch(it -> it.name().equals(repository.name()));
                            if (taken) {
                                wrong(
                                        item.value("name").orElse(item),
                                        "another repository is called `%s` too"
                                                .formatted(repository.name()));
                            }
                            repositories.add(repository);
                        });
            }
            return repositories;
        }

        private Optional<Repository> repository(Tree.Mapping item) {
            var poll = item.value("poll").map(it -> duration(it, POLL)).orElse(POLL);
            try {
                return Optional.of(
                        new Repository(
                                item.text("name").orElse(""),
                                item.text("url").orElse(""),
                                item.text("branch").orElse("main"),
                                patterns(item, "manifests", ".cloud66/manifest.yml"),
                                texts(item, "environments", "production"),
                                poll,
                                each(item.list("heads"), HeadPattern::new),
                                files.at(item, "token_file"),
                                files.at(item, "ssh_key"),
                                signedCommits(item),
                                item.value("poll_timeout")
                                        .map(it -> duration(it, Repository.POLL_TIMEOUT))
                                        .orElse(Repository.POLL_TIMEOUT)));
            } catch (UnfitException e) {
                e.all().forEach(it -> wrong(item.value(it.key()).orElse(item), it.why()));
                return Optional.empty();
            }
        }

        private List<ManifestPattern> patterns(Tree.Mapping item, String key, String otherwise) {
            var all = each(item.list(key), ManifestPattern::new);
            return all.isEmpty() ? List.of(new ManifestPattern(otherwise)) : all;
        }

        /// What each text of a list means; one that means nothing is said where it stands.
        private <T> List<T> each(List<Tree> items, Function<String, T> meaning) {
            var all = new ArrayList<T>();
            for (var item : items) {
                try {
                    item.text().map(meaning).ifPresent(all::add);
                } catch (IllegalArgumentException e) {
                    wrong(item, String.valueOf(e.getMessage()).replaceFirst("\\.$", ""));
                }
            }
            return all;
        }

        private Optional<SignedCommits> signedCommits(Tree.Mapping item) {
            var since = item.text("signed_since");
            if (item.text("signed_commits").isPresent()) {
                try {
                    return Optional.of(new SignedCommits(since));
                } catch (IllegalArgumentException e) {
                    wrong(
                            item.value("signed_since").orElse(item),
                            String.valueOf(e.getMessage()).replaceFirst("\\.$", ""));
                    return Optional.empty();
                }
            }
            if (since.isPresent()) {
                wrong(
                        item.value("signed_since").orElse(item),
                        "no commit needs a signature here; add `signed_commits: required`, or leave"
                                + " this out");
            }
            return Optional.empty();
        }

        private Duration duration(Tree value, Duration otherwise) {
            return durations.read(value, otherwise);
        }

        private Map<String, ProviderSettings> providers() {
            var providers = new LinkedHashMap<String, ProviderSettings>();
            tree.root()
                    .mapping("providers")
                    .ifPresent(all ->
                            all.entries()
                                    .forEach(it -> providers.put(it.key(), provider(it.value()))));
            if (providers.isEmpty()) providers.put("here", LOCAL);
            return providers;
        }

        private ProviderSettings provider(Tree value) {
            if (!(value instanceof Tree.Mapping settings)) return LOCAL;
            var ports = settings.text("ports").orElse("20000-29999");
            var matcher = PORTS.matcher(ports);
            var first = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
            var last = matcher.matches() ? Integer.parseInt(matcher.group(2)) : 0;
            if (first < 1024 || last > 65_535 || first > last) {
                wrong(
                        settings.value("ports").orElse(settings),
                        "ports are a range between 1024 and 65535: `20000-29999`");
                return LOCAL;
            }
            return new ProviderSettings.Local(
                    first,
                    last,
                    settings.text("run_as"),
                    settings.text("download").map(it -> it.equals("true")).orElse(true),
                    settings.text("servers")
                            .map(it ->
                                    ProviderSettings.Servers.valueOf(it.toUpperCase(Locale.ROOT))));
        }

        private List<ApplicationRule> applications(Map<String, ProviderSettings> providers) {
            var rules = new ArrayList<ApplicationRule>();
            for (var item : mappings("applications")) {
                var first = providers.keySet().iterator().next();
                var provider = item.text("provider").orElse(first);
                if (!providers.containsKey(provider)) {
                    tree.refuse(
                            item.value("provider").orElse(item),
                            "there is no provider `%s`; there is %s"
                                    .formatted(provider, String.join(", ", providers.keySet())),
                            providers.keySet());
                }
                var match = item.text("match").orElse("");
                if (match.chars().filter(it -> it == '/').count() != 1) {
                    wrong(
                            item.value("match").orElse(item),
                            "an application is matched as APP/ENVIRONMENT: `*/production`");
                }
                rules.add(
                        new ApplicationRule(
                                match,
                                provider,
                                item.text("apply")
                                        .flatMap(Beginning::of)
                                        .orElse(Beginning.ON_APPROVAL),
                                item.value("destroy_after")
                                        .map(it -> duration(it, Duration.ZERO))
                                        .orElse(Duration.ZERO),
                                item.mapping("redeploy").map(this::redeploy)));
            }
            return rules;
        }

        private RedeploySettings redeploy(Tree.Mapping item) {
            var file = item.text("env_file");
            if (file.isPresent() && !file.get().matches("/.*[^/]")) {
                wrong(
                        item.value("env_file").orElse(item),
                        "the file for variables is named with its whole path:"
                                + " `/etc/shop/database.env`");
            }
            var owner = item.text("owner");
            if (owner.isPresent() && !OWNER.matcher(owner.get()).matches()) {
                wrong(
                        item.value("owner").orElse(item),
                        "an owner is a user, a group, or both: `shop`, `:shop`, `shop:www-data`");
            }
            if (owner.isPresent() && file.isEmpty()) {
                wrong(
                        item.value("owner").orElse(item),
                        "an owner without a file owns nothing; add `env_file`");
            }
            var timeout = item.value("timeout").map(it -> duration(it, REDEPLOY)).orElse(REDEPLOY);
            if (timeout.compareTo(LONGEST_REDEPLOY) > 0) {
                wrong(
                        item.value("timeout").orElse(item),
                        "who asks for a redeploy waits for it, so that it may take 10 minutes at"
                                + " most: `10m`");
            }
            var command = item.list("command").stream().flatMap(it -> it.text().stream()).toList();
            return new RedeploySettings(file, command, timeout, owner);
        }

        private List<Tree.Mapping> mappings(String key) {
            return tree.root().list(key).stream()
                    .filter(Tree.Mapping.class::isInstance)
                    .map(Tree.Mapping.class::cast)
                    .toList();
        }

        private static List<String> texts(Tree.Mapping item, String key, String otherwise) {
            var texts = item.list(key).stream().flatMap(it -> it.text().stream()).toList();
            return texts.isEmpty() ? List.of(otherwise) : texts;
        }

        private void wrong(Tree where, String message) {
            tree.refuse(where, message);
        }
    }
}
