package dev.assent.forge.command;

import dev.assent.forge.command.Command.Unknown;
import dev.assent.manifest.Spelling;
import dev.assent.manifest.Visible;
import dev.assent.model.ApplicationName;
import dev.assent.model.GroupName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// One line that begins with `/assent`.
final class CommandLine {

    private static final List<String> WORDS =
            List.of("plan", "show", "approve", "reject", "why", "help");

    private static final Pattern BLANKS = Pattern.compile("[ \\t]+");
    private static final Pattern PLAN = Pattern.compile("p-[0-9a-f]{8}|sha256:[0-9a-f]{64}");
    private static final int SHOWN = 100;
    private static final int LONGEST_REASON = 500;

    private final String line;

    private CommandLine(String line) {
        this.line = line;
    }

    /// Reads a line.
    static Command read(String line) {
        return new CommandLine(line).command();
    }

    private Command command() {
        var parts = BLANKS.split(line, 3);
        var word = parts.length > 1 ? parts[1] : "help";
        var rest = parts.length > 2 ? parts[2].strip() : "";
        // Where something is hidden, what people see is not what would be done.
        if (!Visible.of(line.replace('\t', ' ')).equals(line.replace('\t', ' '))) {
            return unknown("take out the hidden characters");
        }
        return switch (word) {
            case "plan" -> alone(new Command.Plan(), rest, word);
            case "show" -> alone(new Command.Show(), rest, word);
            case "help" -> alone(new Command.Help(), rest, word);
            case "approve" -> approve(words(rest));
            case "reject" -> reject(rest);
            case "why" -> why(words(rest));
            default -> unknown(suggestion(word, rest));
        };
    }

    private Command alone(Command command, String rest, String word) {
        return rest.isEmpty()
                ? command
                : unknown("nothing goes with it: `/assent %s`".formatted(word));
    }

    private Command approve(List<String> words) {
        var plan = Optional.<String>empty();
        var destroy = new TreeSet<GroupName>();
        var hold = false;
        for (var i = 0; i < words.size(); i++) {
            var it = words.get(i);
            if (it.equals("--hold-destructive")) {
                hold = true;
            } else if (it.equals("--destroy") || it.startsWith("--destroy=")) {
                var name = it.equals("--destroy") ? next(words, ++i) : it.substring(10);
                var group = GroupName.parse(name);
                if (group.isEmpty()) {
                    return unknown("name the group as `--destroy ENGINE/GROUP`");
                }
                destroy.add(group.get());
            } else if (plan.isEmpty() && PLAN.matcher(it).matches()) {
                plan = Optional.of(it);
            } else {
                return unknown(
                        "`/assent approve [PLAN] [--destroy ENGINE/GROUP]… [--hold-destructive]`;"
                                + " a plan is written as `p-1a2b3c4d`");
            }
        }
        return new Command.Approve(plan, destroy, hold);
    }

    private static String next(List<String> words, int index) {
        return index < words.size() ? words.get(index) : "";
    }

    private static Command reject(String rest) {
        var parts = BLANKS.split(rest, 2);
        var named = PLAN.matcher(parts[0]).matches();
        var reason = named ? next(List.of(parts), 1) : rest;
        return new Command.Reject(
                named ? Optional.of(parts[0]) : Optional.empty(), cut(reason, LONGEST_REASON));
    }

    /// One word that could be both is a group, since an application's environments are no engines.
    private Command why(List<String> words) {
        var group =
                words.isEmpty() ? Optional.<GroupName>empty() : GroupName.parse(words.getLast());
        if (words.size() == 1 && group.isPresent()) {
            return new Command.Why(Optional.empty(), Optional.of(words.getFirst()));
        }
        var application = words.stream().findFirst();
        var second = words.size() == 2 ? Optional.of(words.get(1)) : Optional.<String>empty();
        var fits =
                words.size() <= 2
                        && application.stream().allMatch(CommandLine::isApplication)
                        && (group.isPresent() || second.stream().allMatch(GroupName::isName));
        return fits
                ? new Command.Why(application, second)
                : unknown("`/assent why [APP[/ENV]] [GROUP]`");
    }

    private static boolean isApplication(String word) {
        var parts = word.split("/", -1);
        return parts.length <= 2 && List.of(parts).stream().allMatch(ApplicationName::isPart);
    }

    private static String suggestion(String word, String rest) {
        var near = Spelling.near(word, WORDS);
        if (near.isEmpty()) return "`/assent help` says what there is";
        var mended = "/assent %s %s".formatted(near.get(), rest).strip();
        return switch (read(mended)) {
            // What may be anything is not said again.
            case Unknown _, Command.Reject _ -> "`/assent %s`".formatted(near.get());
            case Command.Plan _, Command.Show _, Command.Approve _, Command.Why _, Command.Help _ ->
                    "`%s`".formatted(mended);
        };
    }

    private Unknown unknown(String suggestion) {
        return new Unknown(cut(Visible.of(line), SHOWN), suggestion);
    }

    private static List<String> words(String rest) {
        return rest.isEmpty() ? new ArrayList<>() : List.of(BLANKS.split(rest));
    }

    private static String cut(String text, int longest) {
        if (text.codePointCount(0, text.length()) <= longest) return text;
        return text.substring(0, text.offsetByCodePoints(0, longest - 1)) + "…";
    }
}
