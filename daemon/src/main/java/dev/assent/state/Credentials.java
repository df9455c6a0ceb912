package dev.assent.state;

import dev.assent.model.ApplicationName;
import dev.assent.model.GroupCredentials;
import dev.assent.model.GroupName;
import java.util.Optional;

/// The names and passwords of groups, encrypted at rest, each bound to its application and group.
public final class Credentials {

    /// The group's credentials, generated and stored durably at the first call, so that no server
    /// is ever built with a password that a crash can lose.
    public GroupCredentials getOrCreate(ApplicationName application, GroupName group) {
        throw new UnsupportedOperationException();
    }

    public Optional<GroupCredentials> get(ApplicationName application, GroupName group) {
        throw new UnsupportedOperationException();
    }
}
