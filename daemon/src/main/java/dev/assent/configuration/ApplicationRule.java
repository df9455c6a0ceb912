package dev.assent.configuration;

import dev.assent.apply.Beginning;
import dev.assent.model.ApplicationName;
import dev.assent.model.ApplicationPattern;
import java.time.Duration;
import java.util.Optional;

/// How the applications that a pattern matches are handled; of several rules the first match wins.
///
/// @param match `shop/production`; `*` stands for any part of a name
/// @param provider the name of the provider that builds their servers
/// @param beginning when an approved plan is begun
/// @param destroyAfter how long an approved plan that removes a group waits before it starts
/// @param redeploy how variables get to the application; where it is empty they are only recorded
public record ApplicationRule(
        String match,
        String provider,
        Beginning beginning,
        Duration destroyAfter,
        Optional<RedeploySettings> redeploy) {

    public ApplicationRule(String match, String provider, Beginning beginning) {
        this(match, provider, beginning, Duration.ZERO, Optional.empty());
    }

    public boolean matches(ApplicationName application) {
        return new ApplicationPattern(match).matches(application);
    }
}
