package dev.assent.model;

import java.util.Comparator;
import java.util.Optional;

/// A group in the whole installation, written `shop/production/mysql/main`.
public record GroupAddress(ApplicationName application, GroupName group)
        implements Comparable<GroupAddress> {

    /// Reads `APP/ENVIRONMENT/ENGINE/GROUP`; empty when the text is none.
    public static Optional<GroupAddress> parse(String text) {
        var parts = text.split("/", -1);
        if (parts.length != 4) return Optional.empty();
        var application = ApplicationName.parse(parts[0] + "/" + parts[1]);
        var group = GroupName.parse(parts[2] + "/" + parts[3]);
        return application.flatMap(app -> group.map(it -> new GroupAddress(app, it)));
    }

    @Override
    public int compareTo(GroupAddress other) {
        return Comparator.comparing(GroupAddress::application)
                .thenComparing(GroupAddress::group)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return application + "/" + group;
    }
}
