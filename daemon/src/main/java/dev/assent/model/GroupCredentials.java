package dev.assent.model;

/// The names and passwords of one group.
///
/// @param admin password of the server's own superuser, used by Assent alone
/// @param username the application's user; it owns `database` and nothing else
/// @param password the application user's password
/// @param replication password of the user that replicas connect with
public record GroupCredentials(
        Secret admin, String username, String database, Secret password, Secret replication) {}
