package dev.assent.state;

import dev.assent.log.About;
import dev.assent.model.ApplicationName;

/// Which bytes a plan was made from.
///
/// @param repository the repository's name in the configuration
/// @param path the manifest's path in it
/// @param commit the object id of the commit, in hexadecimal
public record Provenance(String repository, String path, String commit) {

    /// Of a plan for an application that no manifest declares.
    public static final Provenance NONE = new Provenance("", "", "");

    /// What is logged of an application that was made from them is about this.
    public About about(ApplicationName application) {
        return About.application(application).inRepository(repository).commit(commit);
    }
}
