package dev.assent.http.api;

import java.util.List;

/// The configuration was read anew and is in force.
///
/// @param changed what is otherwise than before, in a few words each
public record ReloadAnswer(List<String> changed) {}
