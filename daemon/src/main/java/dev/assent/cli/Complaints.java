package dev.assent.cli;

import dev.assent.http.RefusedException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What is said when something goes wrong: one sentence that helps, and an exit code. A stack trace
/// is for those who ask for it with `ASSENT_DEBUG=1`.
final class Complaints {

    private final Terminal terminal;

    Complaints(Terminal terminal) {
        this.terminal = terminal;
    }

    void attachTo(CommandLine commands) {
        commands.setParameterExceptionHandler(this::misused);
        commands.setExecutionExceptionHandler((e, _, _) -> failed(e));
    }

    private int misused(ParameterException e, String[] arguments) {
        var command = e.getCommandLine();
        var name = command.getCommandSpec().qualifiedName();
        terminal.remark(sentence(e, command));
        terminal.err().println("See `" + name + " --help`.");
        return Stop.COULD_NOT_RUN;
    }

    private static String sentence(ParameterException e, CommandLine command) {
        return switch (e) {
            case UnmatchedArgumentException unmatched -> {
                var word = unmatched.getUnmatched().getFirst();
                yield what(unmatched, command, word)
                        + closest(unmatched).map(it -> "; did you mean `" + it + "`?").orElse("");
            }
            case MissingParameterException missing when lacksReason(missing) ->
                    RejectCommand.SAY_WHY;
            case MissingParameterException missing -> lowered(message(missing)) + wanted(missing);
            default -> choice(e).orElseGet(() -> lowered(message(e)));
        };
    }

    private static boolean lacksReason(MissingParameterException e) {
        return e.getCommandLine().getCommand() instanceof RejectCommand
                && e.getMissing().stream().allMatch(ArgSpec::isOption);
    }

    /// What is to be named where one thing is missing.
    private static String wanted(MissingParameterException e) {
        if (e.getMissing().size() != 1) return "";
        var description = String.join(" ", e.getMissing().getFirst().description());
        return "; name " + lowered(description).replaceFirst("\\.$", "");
    }

    /// For a value that is none of a few words: those there are, as they are written.
    private static Optional<String> choice(ParameterException e) {
        return Optional.ofNullable(e.getArgSpec())
                .filter(it -> it.type().isEnum() && e.getValue() != null)
                .map(it ->
                        "`%s` is no %s; it can be %s"
                                .formatted(
                                        e.getValue(),
                                        it.paramLabel(),
                                        String.join(", ", it.completionCandidates())));
    }

    private static String what(
            UnmatchedArgumentException unmatched, CommandLine command, String word) {
        if (unmatched.isUnknownOption()) return "there is no option `" + word + "`";
        return command.getSubcommands().isEmpty()
                ? "`" + word + "` is one argument too many"
                : "there is no command `" + word + "`";
    }

    private static Optional<String> closest(UnmatchedArgumentException unmatched) {
        // picocli always finds something; people hardly ever mistype the first letter.
        var first = initial(unmatched.getUnmatched().getFirst());
        List<String> suggestions = unmatched.getSuggestions();
        return suggestions.stream().filter(it -> initial(it).equals(first)).findFirst();
    }

    private static String initial(String word) {
        var bare = word.replaceFirst("^-*", "");
        return bare.substring(0, Math.min(1, bare.length()));
    }

    private static String message(Exception e) {
        return Optional.ofNullable(e.getMessage()).orElse(e.toString());
    }

    private static String lowered(String message) {
        var text = message.replaceFirst("^[Ee]rror: ", "");
        return text.isEmpty()
                ? text
                : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }

    /// Says why a command came to nothing.
    ///
    /// @return the exit code
    int failed(Exception e) {
        if (terminal.variable("ASSENT_DEBUG").isPresent()) e.printStackTrace(terminal.err());
        return switch (e) {
            case Stop stop -> {
                terminal.remark(message(stop));
                yield stop.code();
            }
            case RefusedException refused -> {
                terminal.remark(message(refused));
                yield Stop.NO;
            }
            default -> {
                terminal.remark(isOurs(e) ? message(e) : unexpected(e));
                yield Stop.COULD_NOT_RUN;
            }
        };
    }

    /// Our own exceptions speak in sentences; all others speak to programmers.
    private static boolean isOurs(Exception e) {
        return e.getClass().getPackageName().startsWith("dev.assent");
    }

    private static String unexpected(Exception e) {
        return "this should not have happened: "
                + e.getClass().getSimpleName()
                + Optional.ofNullable(e.getMessage()).map(it -> ", " + it).orElse("")
                + "; please report it, with what ASSENT_DEBUG=1 shows";
    }
}
