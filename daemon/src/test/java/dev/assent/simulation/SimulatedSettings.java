package dev.assent.simulation;

import dev.assent.apply.Beginning;
import dev.assent.approval.Policy;
import dev.assent.model.ApplicationName;
import dev.assent.provider.Provider;
import dev.assent.reconcile.ApplicationSettings;
import java.time.Duration;

/// How every application is handled, until somebody changes it.
final class SimulatedSettings implements ApplicationSettings {

    Rules rules = Rules.ALL.getFirst();
    Beginning beginning = Beginning.ON_APPROVAL;
    Duration destroyAfter = Duration.ZERO;
    private final Provider provider;

    SimulatedSettings(Provider provider) {
        this.provider = provider;
    }

    void change(Chance chance) {
        rules = chance.of(Rules.ALL);
        beginning =
                chance.of(
                        Beginning.ON_APPROVAL,
                        Beginning.ON_APPROVAL,
                        Beginning.AFTER_MERGE,
                        Beginning.ON_COMMAND);
        destroyAfter = chance.of(Duration.ZERO, Duration.ZERO, Duration.ofMinutes(30));
    }

    @Override
    public Provider provider(ApplicationName application) {
        return provider;
    }

    @Override
    public boolean cascading() {
        return false;
    }

    @Override
    public Beginning beginning(ApplicationName application) {
        return beginning;
    }

    @Override
    public Duration destroyAfter(ApplicationName application) {
        return destroyAfter;
    }

    @Override
    public Policy policy() {
        return rules.policy();
    }

    @Override
    public Duration planTtl() {
        return Duration.ofDays(7);
    }
}
