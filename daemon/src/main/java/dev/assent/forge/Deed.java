package dev.assent.forge;

/// What is asked of a forge, for the sentence that is said when it refuses.
///
/// @param tried `listing the open pull requests`
/// @param right the permission that it takes, in the forge's own words
record Deed(String tried, String right) {}
