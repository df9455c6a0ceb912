package dev.assent.forge;

import java.net.URI;
import java.time.Instant;

/// What somebody wrote under a pull request.
///
/// @param id its id at the forge
/// @param author the login
/// @param edited whether it was edited since it was written
public record Comment(
        String id,
        long pullRequest,
        String author,
        String text,
        Instant writtenAt,
        boolean edited,
        URI url) {}
