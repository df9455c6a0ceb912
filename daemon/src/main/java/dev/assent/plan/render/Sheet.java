package dev.assent.plan.render;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// A page that may not get longer than so many characters. What does not fit is left out whole, and
/// at the end it is said what that was.
final class Sheet {

    /// For what is said at the end.
    private static final int RESERVED = 600;

    private final StringBuilder out = new StringBuilder();
    private final List<String> leftOut = new ArrayList<>();
    private final int room;

    Sheet(int limit) {
        this.room = limit - RESERVED;
    }

    /// A block whose length is known to be small, with its line end.
    void add(String block) {
        out.append(block);
    }

    /// A block, where there is room for it.
    ///
    /// @param what it is, for the end: `the notices`
    void add(String block, String what) {
        if (fits(block.length())) {
            out.append(block);
        } else {
            leftOut.add(what);
        }
    }

    /// As many of the items as there is room for, between a beginning and an end; none where there
    /// are none.
    ///
    /// @param before what comes before so many items
    /// @param rest what so many that are left out are called: `3 notices`
    void add(
            IntFunction<String> before,
            List<String> items,
            String after,
            IntFunction<String> rest) {
        if (items.isEmpty()) return;
        var taken = before.apply(items.size()).length() + after.length();
        var count = 0;
        while (count < items.size() && fits(taken + items.get(count).length())) {
            taken += items.get(count).length();
            count++;
        }
        if (count > 0) {
            out.append(before.apply(count));
            items.subList(0, count).forEach(out::append);
            out.append(after);
        }
        if (count < items.size()) leftOut.add(rest.apply(items.size() - count));
    }

    private boolean fits(int length) {
        return out.length() + length <= room;
    }

    /// The page.
    ///
    /// @param command prints what is left out
    String end(String command) {
        if (leftOut.isEmpty()) return out.toString();
        return out
                + "Left out here, since there is no room: "
                + String.join(", ", leftOut)
                + ". All of it is shown by\n\n"
                + Inert.block("sh", List.of(command));
    }
}
