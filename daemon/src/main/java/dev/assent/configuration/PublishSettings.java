package dev.assent.configuration;

/// Where the head of the audit trail is published, so that others see when the trail is changed.
///
/// @param repository the name of a repository of the configuration; it has to let the daemon push
/// @param ref the ref that is pushed, no branch and no tag
public record PublishSettings(String repository, String ref) {

    static final String REF = "refs/assent/audit";
}
