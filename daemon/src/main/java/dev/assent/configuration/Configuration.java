package dev.assent.configuration;

import dev.assent.apply.Beginning;
import dev.assent.forge.ForgeSettings;
import dev.assent.model.ApplicationName;
import dev.assent.model.Sizes;
import dev.assent.source.Repository;
import dev.assent.state.RecordServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the daemon watches and where it builds, as its configuration file says.
///
/// @param providers by name, in the order of the file; at least one
/// @param applications the first rule that matches counts
/// @param cascading whether a group that follows another one may be followed itself
/// @param planTtl how long a plan waits before it expires
/// @param policy the file that says who may say yes to what, from the configuration's folder
/// @param traces who is told of each commit's way; empty: nobody
/// @param forges where the pull requests of repositories are, by the repository's name
/// @param record the database server that the record is kept on; empty: a file in the state folder
/// @param sizes what the names of sizes mean that servers have in manifests
/// @param backups when the record is backed up; empty: never by itself
/// @param published where the head of the audit trail is published; empty: nowhere
public record Configuration(
        List<Repository> repositories,
        Map<String, ProviderSettings> providers,
        List<ApplicationRule> applications,
        boolean cascading,
        Duration planTtl,
        Optional<Path> policy,
        AccessSettings access,
        Map<String, ForgeSettings> forges,
        List<NotificationSettings> notifications,
        Optional<TracesSettings> traces,
        Optional<RecordServer> record,
        Sizes sizes,
        Optional<BackupSettings> backups,
        Optional<PublishSettings> published) {

    public Configuration {
        repositories = List.copyOf(repositories);
        providers = Collections.unmodifiableMap(new LinkedHashMap<>(providers));
        applications = List.copyOf(applications);
        forges = Map.copyOf(forges);
        notifications = List.copyOf(notifications);
    }

    /// The rule for an application; where none matches: the first provider, on approval.
    public ApplicationRule rule(ApplicationName application) {
        return applications.stream()
                .filter(it -> it.matches(application))
                .findFirst()
                .orElseGet(() ->
                        new ApplicationRule(
                                "*/*",
                                providers.keySet().iterator().next(),
                                Beginning.ON_APPROVAL));
    }
}
