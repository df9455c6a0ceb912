package dev.assent.manifest;

import dev.assent.model.ApplicationName;
import dev.assent.model.Desired;
import dev.assent.model.Desired.DesiredGroup;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/// A manifest without errors.
public final class Manifest {

    private final String path;
    private final SortedSet<String> environments;
    private final Function<String, List<DesiredGroup>> groups;

    /// @param environments those that it has a block for
    /// @param groups what holds in an environment, and for no name, in all others; a component at
    ///   the top holds in each, so that all together can be far more than the file
    Manifest(
            String path,
            Collection<String> environments,
            Function<String, List<DesiredGroup>> groups) {
        this.path = path;
        this.environments = Collections.unmodifiableSortedSet(new TreeSet<>(environments));
        this.groups = groups;
    }

    /// The environments that it has a block for; empty when it speaks for every environment.
    public SortedSet<String> environments() {
        return environments;
    }

    /// What it declares for an environment, whatever that is called.
    public List<DesiredGroup> groups(String environment) {
        return groups.apply(environment);
    }

    /// What it declares for every environment that it has no block for.
    public List<DesiredGroup> everywhere() {
        return groups.apply("");
    }

    /// What it declares for an application in its environment. One that it does not speak for has
    /// no groups.
    public Desired desired(ApplicationName application) {
        return new Desired(application, path, groups(application.environment()));
    }
}
