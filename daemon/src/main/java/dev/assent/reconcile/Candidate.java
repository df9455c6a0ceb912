package dev.assent.reconcile;

import dev.assent.model.ApplicationName;
import dev.assent.model.Endpoint;
import dev.assent.model.GroupName;
import dev.assent.model.Secret;
import dev.assent.model.ServerName;
import dev.assent.model.Variant;
import java.util.Optional;

/// A server that somebody wants known as a group, and with what it is entered.
///
/// @param server what it is to be called; empty: like its group
public record Candidate(
        ApplicationName application,
        GroupName group,
        Variant variant,
        Optional<ServerName> server,
        Endpoint endpoint,
        String username,
        String database,
        Secret password) {}
