package dev.assent.forge;

import java.net.URI;
import java.time.Instant;

/// What somebody thinks of a pull request, said through the forge's review.
///
/// @param id its id at the forge; another one where the same person reviews once more
/// @param author the login
/// @param approves whether it is an approval that stands: not dismissed, not withdrawn
/// @param commit the head that was reviewed, where the forge remembers it; else empty text
public record Review(
        String id, String author, boolean approves, String commit, Instant at, URI url) {}
