package dev.assent.plan;

import dev.assent.model.ServerName;
import java.util.HashSet;
import java.util.Set;

/// Names for servers that nobody has named. A server's name is unique in its application.
final class ServerNames {

    private final Set<String> taken = new HashSet<>();

    ServerNames(Scene scene) {
        for (var group : scene.recorded().groups()) {
            group.servers().forEach(it -> taken.add(it.name().name()));
        }
        for (var group : scene.desired().groups()) {
            group.servers().forEach(it -> it.name().ifPresent(name -> taken.add(name.name())));
        }
    }

    /// The wanted name, or that name with the first number behind it that is free.
    ServerName next(String wanted) {
        var name = wanted;
        for (var number = 2; !taken.add(name); number++) name = wanted + "-" + number;
        return new ServerName(name);
    }
}
