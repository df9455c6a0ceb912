package dev.assent.reconcile;

import dev.assent.model.ApplicationName;
import dev.assent.provider.Provider;

/// How applications are handled, as the server's configuration says.
public interface ApplicationSettings {

    /// What builds the application's servers.
    Provider provider(ApplicationName application);

    /// Whether an approved plan starts at once, or waits for a person to start it.
    boolean startsOnApproval(ApplicationName application);
}
