package dev.assent.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// A server as it is to be built: its name, and what the manifest says of the machine (`vendor`,
/// `region`, `size`, `address` …), as written.
public record ServerSpec(ServerName name, SortedMap<String, String> settings) {

    public ServerSpec {
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    }

    public static ServerSpec of(String name) {
        return new ServerSpec(new ServerName(name), new TreeMap<>());
    }
}
