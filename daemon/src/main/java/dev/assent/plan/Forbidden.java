package dev.assent.plan;

import dev.assent.manifest.Code;

/// That a rule forbids something.
///
/// @param rule which, for `assent explain`
/// @param why in a sentence without its full stop
public record Forbidden(Code rule, String why) {

    /// All that there is to say, in one line.
    public String sentence() {
        return "%s (%s)".formatted(why, rule.id());
    }
}
