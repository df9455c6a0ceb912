package dev.assent.cli;

import dev.assent.http.api.WhyAnswer;
import dev.assent.manifest.Look;
import java.util.List;

/// Why something is not as it is declared, as a person reads it: first what to clear, in order,
/// then what merely is so.
final class WhyText {

    private final StringBuilder out = new StringBuilder();
    private final Look look;

    private WhyText(Look look) {
        this.look = look;
    }

    static String of(WhyAnswer why, Look look) {
        var text = new WhyText(look);
        text.write(why);
        return text.out.toString();
    }

    private void write(WhyAnswer why) {
        var application = why.application() + "/" + why.environment();
        var subject = why.group().map(it -> it + " of " + application).orElse(application);
        var blocking = why.facts().stream().filter(WhyAnswer.Fact::blocks).toList();
        var others = why.facts().stream().filter(it -> !it.blocks()).toList();
        if (why.facts().isEmpty()) {
            line("%s declares nothing, and nothing of it exists.".formatted(subject));
        } else if (blocking.isEmpty()) {
            line("Nothing keeps %s from being as it is declared.".formatted(subject));
        } else if (blocking.size() == 1) {
            line("One thing keeps %s from being as it is declared:".formatted(subject));
        } else {
            line(
                    "%d things keep %s from being as it is declared; clear them in this order:"
                            .formatted(blocking.size(), subject));
        }
        for (var i = 0; i < blocking.size(); i++) fact("%2d. ".formatted(i + 1), blocking.get(i));
        if (!blocking.isEmpty() && !others.isEmpty()) line("\nBesides:");
        others.forEach(it -> fact("  • ", it));
    }

    private void fact(String mark, WhyAnswer.Fact fact) {
        var place =
                fact.path()
                        .map(it -> " (" + it + fact.line().map(n -> ":" + n).orElse("") + ")")
                        .orElse("");
        wrapped(mark, fact.message() + place);
        fact.details().forEach(it -> line(it.stripTrailing().indent(6).stripTrailing()));
        fact.steps().forEach(it -> line("      " + it));
    }

    /// A sentence in lines that fit; what is to be copied stays in one.
    private void wrapped(String mark, String sentence) {
        var width = look.width().orElse(Integer.MAX_VALUE) - mark.length();
        var line = new StringBuilder(mark);
        var used = 0;
        for (var word : List.of(Terminal.harmless(sentence).split("\\s+"))) {
            if (used > 0 && used + 1 + word.length() > width) {
                line(line.toString());
                line = new StringBuilder(" ".repeat(mark.length()));
                used = 0;
            }
            if (used > 0) line.append(' ');
            line.append(word);
            used += word.length() + 1;
        }
        line(line.toString());
    }

    private void line(String line) {
        out.append(Terminal.harmless(line)).append('\n');
    }
}
