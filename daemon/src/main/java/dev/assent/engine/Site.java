package dev.assent.engine;

import dev.assent.model.Endpoint;
import dev.assent.model.ServerKey;
import dev.assent.model.Size;
import dev.assent.model.Specification;
import dev.assent.model.Version;
import java.nio.file.Path;

/// Where one server lives on its machine.
///
/// @param specification what was asked for; the version that counts is `version`
/// @param programs the folder with the engine's programs, all of one version
/// @param size what it may have of the machine
/// @param folder the server's own folder
/// @param endpoint where it listens
public record Site(
        ServerKey server,
        Specification specification,
        Version version,
        Size size,
        Path programs,
        Path folder,
        Endpoint endpoint) {

    /// The folder that the server itself writes.
    public Path data() {
        return folder.resolve("data");
    }

    public String program(String name) {
        return programs.resolve(name).toString();
    }
}
