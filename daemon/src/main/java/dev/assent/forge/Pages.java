package dev.assent.forge;

import java.util.Optional;
import java.util.regex.Pattern;

/// Where a list goes on.
final class Pages {

    private static final Pattern PAGE = Pattern.compile("(?<=[?&])page=[0-9]+");

    private Pages() {}

    /// The next page: the one that the answer links to; where it links to none and yet says that
    /// there is more (some of Gitea's lists), the one that is counted up.
    ///
    /// @param path the first page
    /// @param read how many pages were read
    /// @param had how many things were read
    /// @param before how many of them before the last page
    static Optional<String> after(String path, Answer answer, int read, int had, int before) {
        var link = answer.next();
        if (link.isPresent()) return Optional.of(path.replaceFirst("\\?.*", "") + "?" + link.get());
        var total = answer.headers().firstValue("X-Total-Count").orElse("");
        if (!total.matches("[0-9]{1,9}") || Integer.parseInt(total) <= had || had == before) {
            return Optional.empty();
        }
        var next = "page=" + (read + 1);
        return PAGE.matcher(path).find()
                ? Optional.of(PAGE.matcher(path).replaceFirst(next))
                : Optional.empty();
    }
}
