package dev.assent.doctor;

import dev.assent.forge.ForgeInspection;
import dev.assent.forge.ForgeSettings;
import dev.assent.forge.Forges;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;

/// Who we are at a forge, and whether that is enough for comments and statuses.
record ForgeCheck(String repository, ForgeSettings settings) implements Check {

    private static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Duration SOON = Duration.ofDays(14);
    private static final int TENTH = 10;

    @Override
    public String subject() {
        return "forge of " + repository;
    }

    @Override
    public Finding look() {
        var found = Forges.inspect(settings, PATIENCE);
        var words =
                "%s, as %s (%s)"
                        .formatted(
                                settings.kind().shown(),
                                found.login(),
                                found.right().name().toLowerCase(Locale.ROOT));
        if (!found.mayComment()) {
            return Finding.trouble(
                    words + ": it may not read the project, nor comment there",
                    "give that user the right to write in " + settings.project());
        }
        if (!found.maySetStatuses()) {
            return Finding.warning(
                    words + ": it may comment, but set no statuses of commits",
                    "give that user the right to write in " + settings.project());
        }
        return lasting(words, found);
    }

    private static Finding lasting(String words, ForgeInspection found) {
        var end = found.expires();
        if (end.isPresent() && end.get().isBefore(Instant.now().plus(SOON))) {
            return Finding.warning(
                    "%s; its token expires on %s"
                            .formatted(words, end.get().atZone(ZoneOffset.UTC).toLocalDate()),
                    "put a new one into its file; it counts at once");
        }
        var quota = found.quota();
        if (quota.isPresent() && quota.get().left() < quota.get().limit() / TENTH) {
            return Finding.warning(
                    "%s; of %d questions %d are left"
                            .formatted(words, quota.get().limit(), quota.get().left()),
                    "look less often (`poll`), or let nothing else use that token");
        }
        return Finding.fine(
                words
                        + quota.map(it ->
                                        ", %d of %d questions left"
                                                .formatted(it.left(), it.limit()))
                                .orElse(""));
    }
}
