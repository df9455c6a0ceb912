package dev.assent.apply;

import dev.assent.model.ApplicationName;
import dev.assent.provider.Provider;

/// Knows which provider builds which application's servers.
@FunctionalInterface
public interface Providers {

    Provider of(ApplicationName application);
}
