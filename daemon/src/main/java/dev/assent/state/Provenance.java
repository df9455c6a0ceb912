package dev.assent.state;

/// Which bytes a plan was made from.
///
/// @param repository the repository's name in the configuration
/// @param path the manifest's path in it
/// @param commit the object id of the commit, in hexadecimal
public record Provenance(String repository, String path, String commit) {

    /// Of a plan for an application that no manifest declares.
    public static final Provenance NONE = new Provenance("", "", "");
}
