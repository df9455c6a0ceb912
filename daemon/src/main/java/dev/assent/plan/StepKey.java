package dev.assent.plan;

import java.util.Optional;
import java.util.regex.Pattern;

/// Which step of which plan: the same in every attempt to do it, so that whoever does the work can
/// tell later whether it was done.
///
/// @param proposal which proposal of the plan: one that is proposed anew has steps of its own
/// @param step its id in the plan: `c1.2`
public record StepKey(Digest plan, long proposal, String step) {

    private static final Pattern STEP = Pattern.compile("[A-Za-z0-9]{1,20}(\\.[0-9]{1,6})?");

    public StepKey {
        if (!STEP.matcher(step).matches()) {
            throw new IllegalArgumentException("not the id of a step: " + step);
        }
    }

    /// Reads what [#toString] wrote; empty for anything else.
    public static Optional<StepKey> parse(String text) {
        var parts = text.split("/", -1);
        if (parts.length != 3 || !STEP.matcher(parts[2]).matches()) return Optional.empty();
        try {
            var proposal = Long.parseLong(parts[1]);
            return Digest.parse(parts[0]).map(it -> new StepKey(it, proposal, parts[2]));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /// For people: `step c1.2 of p-01234567`.
    public String words() {
        return "step %s of %s".formatted(step, plan.id());
    }

    /// The key as one word: digest, proposal and step.
    @Override
    public String toString() {
        return plan + "/" + proposal + "/" + step;
    }
}
