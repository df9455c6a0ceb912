package dev.assent.plan;

import dev.assent.model.GroupAddress;
import dev.assent.model.GroupName;
import dev.assent.model.Recorded.RecordedGroup;
import java.util.List;

/// Who follows a group, or follows somebody who does: these have its data, its users and their
/// passwords.
///
/// @param all of any application, nearest first
/// @param here those of the planned application
record Behind(List<GroupAddress> all, List<RecordedGroup> here) {

    static final Behind NOBODY = new Behind(List.of(), List.of());

    static Behind of(GroupName name, Scene scene) {
        var all = scene.allBehind(scene.address(name));
        if (all.isEmpty()) return NOBODY;
        var here =
                all.stream()
                        .filter(it -> it.application().equals(scene.recorded().application()))
                        .flatMap(it -> scene.existing(it).stream())
                        .toList();
        return new Behind(all, here);
    }

    boolean isNobody() {
        return all.isEmpty();
    }

    /// The first of them, and how many there are beside it.
    @Override
    public String toString() {
        var others = all.size() - 1;
        return all.getFirst()
                + switch (others) {
                    case 0 -> "";
                    case 1 -> " and 1 other group";
                    default -> " and %d other groups".formatted(others);
                };
    }
}
