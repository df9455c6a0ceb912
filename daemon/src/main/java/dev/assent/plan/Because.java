package dev.assent.plan;

import dev.assent.model.Place;
import java.util.Optional;

/// Why a change is in a plan: the place in the manifest that asks for it. Where something is gone
/// from a manifest, the place is where it would stand: the file's first line.
///
/// @param commit the object id of the commit that was read; empty when planned from a file
public record Because(Place place, Optional<String> commit) {}
