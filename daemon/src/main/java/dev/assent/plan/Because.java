package dev.assent.plan;

import dev.assent.model.Place;
import java.util.Optional;

/// Why a change is in a plan.
public sealed interface Because {

    /// A manifest asks for it. Where something is gone from a manifest, the place is where it would
    /// stand: the file's first line.
    ///
    /// @param commit the object id of the commit that was read; empty when planned from a file
    record Declared(Place place, Optional<String> commit) implements Because {}

    /// A person asks for it.
    ///
    /// @param request what was asked for, in the words of the command: `scale mysql/main --replicas
    ///   2`
    record Asked(String who, String request) implements Because {}

    /// What runs is not what is recorded.
    ///
    /// @param what what was found, in a sentence without its full stop
    record Found(String what) implements Because {}
}
