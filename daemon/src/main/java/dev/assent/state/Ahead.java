package dev.assent.state;

import dev.assent.plan.Digest;

/// A head that is ahead of its branch for an application: the record has what it wants already.
///
/// @param name what people call it: `#7`
/// @param commit its head when that was applied, in hexadecimal
/// @param plan the plan of it whose apply began last
public record Ahead(String repository, String ref, String name, String commit, Digest plan) {}
