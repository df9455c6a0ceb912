package dev.assent.reconcile;

import dev.assent.apply.Beginning;
import dev.assent.apply.Providers;
import dev.assent.approval.Policy;
import dev.assent.model.ApplicationName;
import dev.assent.model.Catalogue;
import dev.assent.provider.Provider;
import java.time.Duration;

/// How applications are handled, as the server's configuration says.
public interface ApplicationSettings {

    /// What builds the application's servers.
    Provider provider(ApplicationName application);

    /// What that is called.
    default String providerName(ApplicationName application) {
        return provider(application).catalogue().provider();
    }

    /// Whether a group that follows another one may be followed itself.
    boolean cascading();

    /// What the application's provider can build, and may.
    default Catalogue catalogue(ApplicationName application) {
        return provider(application).catalogue().withCascading(cascading());
    }

    /// When an approved plan is begun.
    Beginning beginning(ApplicationName application);

    /// How long an approved plan that removes a group waits before it starts; zero: not at all.
    Duration destroyAfter(ApplicationName application);

    /// Who may say yes to what, and when it is carried out.
    Policy policy();

    /// How long a plan waits for an assent and a start before it expires.
    Duration planTtl();

    /// The same for whoever carries plans out.
    default Providers providers() {
        return new Providers() {
            @Override
            public Provider of(ApplicationName application) {
                return provider(application);
            }

            @Override
            public Catalogue catalogue(ApplicationName application) {
                return ApplicationSettings.this.catalogue(application);
            }
        };
    }
}
