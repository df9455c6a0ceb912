package dev.assent.reconcile;

import dev.assent.apply.Beginning;
import dev.assent.approval.Policy;
import dev.assent.model.ApplicationName;
import dev.assent.provider.Provider;
import java.time.Duration;

/// Every application is handled alike, as the test says.
final class TestSettings implements ApplicationSettings {

    volatile Beginning beginning = Beginning.ON_APPROVAL;
    volatile Duration destroyAfter = Duration.ZERO;
    volatile Policy policy = Policy.BUILT_IN;
    volatile boolean cascading;
    private final Provider provider;

    TestSettings(Provider provider) {
        this.provider = provider;
    }

    @Override
    public Provider provider(ApplicationName application) {
        return provider;
    }

    @Override
    public boolean cascading() {
        return cascading;
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
        return policy;
    }

    @Override
    public Duration planTtl() {
        return Duration.ofDays(7);
    }
}
