package dev.assent.model;

/// A server's identity in the whole installation, known before anything of it exists: what makes
/// building and removing it repeatable.
public record ServerKey(ApplicationName application, GroupName group, ServerName server) {

    @Override
    public String toString() {
        return application + "/" + group + "/" + server;
    }
}
