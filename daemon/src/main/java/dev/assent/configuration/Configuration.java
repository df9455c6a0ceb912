package dev.assent.configuration;

import dev.assent.forge.ForgeSettings;
import dev.assent.model.ApplicationName;
import dev.assent.source.Repository;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the daemon watches and where it builds, as its configuration file says.
///
/// @param providers by name, in the order of the file; at least one
/// @param applications the first rule that matches counts
/// @param planTtl how long a plan waits before it expires
/// @param forges where the pull requests of repositories are, by the repository's name
public record Configuration(
        List<Repository> repositories,
        Map<String, ProviderSettings> providers,
        List<ApplicationRule> applications,
        Duration planTtl,
        Map<String, ForgeSettings> forges) {

    public Configuration {
        repositories = List.copyOf(repositories);
        providers = Collections.unmodifiableMap(new LinkedHashMap<>(providers));
        applications = List.copyOf(applications);
        forges = Map.copyOf(forges);
    }

    /// The rule for an application; where none matches: the first provider, on approval.
    public ApplicationRule rule(ApplicationName application) {
        return applications.stream()
                .filter(it -> it.matches(application))
                .findFirst()
                .orElseGet(() ->
                        new ApplicationRule("*/*", providers.keySet().iterator().next(), true));
    }
}
