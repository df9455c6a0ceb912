package dev.assent.apply;

import dev.assent.model.ApplicationName;
import dev.assent.model.Catalogue;
import dev.assent.provider.Provider;

/// Knows which provider builds which application's servers.
@FunctionalInterface
public interface Providers {

    Provider of(ApplicationName application);

    /// What that provider can build, as far as the installation allows it.
    default Catalogue catalogue(ApplicationName application) {
        return of(application).catalogue();
    }
}
