package dev.assent.reconcile;

import dev.assent.apply.Beginning;
import dev.assent.approval.Policy;
import dev.assent.model.ApplicationName;
import dev.assent.provider.Provider;
import java.time.Duration;

/// Every application is handled alike, as the test says.
public final class TestSettings implements ApplicationSettings {

    public volatile Beginning beginning = Beginning.ON_APPROVAL;
    public volatile Duration destroyAfter = Duration.ZERO;
    public volatile Policy policy = Policy.BUILT_IN;
    volatile boolean cascading;
    volatile boolean broken;
    private final Provider provider;

    public TestSettings(Provider provider) {
        this.provider = provider;
    }

    @Override
    public Provider provider(ApplicationName application) {
        if (broken) throw new IllegalStateException("nobody has thought of this");
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
