package dev.assent.manifest;

import dev.assent.model.ApplicationName;
import dev.assent.model.Desired;
import dev.assent.model.Desired.DesiredGroup;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// A manifest without errors.
public final class Manifest {

    private final String path;
    private final List<DesiredGroup> everywhere;
    private final SortedMap<String, List<DesiredGroup>> environments;

    /// @param everywhere what holds in an environment that the manifest has no block for
    /// @param environments what holds in those that it has one for
    Manifest(
            String path,
            List<DesiredGroup> everywhere,
            SortedMap<String, List<DesiredGroup>> environments) {
        this.path = path;
        this.everywhere = List.copyOf(everywhere);
        this.environments = new TreeMap<>(environments);
    }

    /// The environments that it has a block for; empty when it speaks for every environment.
    public SortedSet<String> environments() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(environments.keySet()));
    }

    /// What it declares for an environment, whatever that is called.
    public List<DesiredGroup> groups(String environment) {
        return environments.getOrDefault(environment, everywhere);
    }

    /// What it declares for every environment that it has no block for.
    public List<DesiredGroup> everywhere() {
        return everywhere;
    }

    /// What it declares for an application in its environment. One that it does not speak for has
    /// no groups.
    public Desired desired(ApplicationName application) {
        return new Desired(application, path, groups(application.environment()));
    }
}
