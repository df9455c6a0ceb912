package dev.assent.crash;

import java.util.ArrayList;
import java.util.List;

/// A network namespace that is reached over one cable for each node, with an address of its own on
/// either end. A cable that is unplugged loses every packet in silence, and nobody is told.
final class Cables implements AutoCloseable {

    /// A range that is meant for measuring networks, so that nobody's addresses are hidden.
    private static final String RANGE = "198.18";

    private static final int LARGEST = 256;
    private static final int STEP = 4;

    private final String namespace;
    private final int part;

    /// How many cables there are.
    private int count;

    Cables() {
        var pid = ProcessHandle.current().pid();
        namespace = "assent-" + pid;
        part = (int) (pid % LARGEST);
        Command.run("ip", "netns", "add", namespace);
        inside("ip", "link", "set", "lo", "up");
    }

    /// The addresses that are on cables.
    static String range() {
        return RANGE + ".0.0/16";
    }

    /// Lays another one.
    ///
    /// @return its number
    int lay() {
        var number = count++;
        var here = "as%d-%d".formatted(part, number);
        Command.run("ip", "link", "add", here, "type", "veth", "peer", "name", name(number));
        Command.run("ip", "link", "set", name(number), "netns", namespace);
        Command.run("ip", "addr", "add", address(number, 1) + "/30", "dev", here);
        Command.run("ip", "link", "set", here, "up");
        inside("ip", "addr", "add", address(number) + "/30", "dev", name(number));
        plug(number);
        return number;
    }

    /// Where the namespace is reached over a cable.
    String address(int number) {
        return address(number, 2);
    }

    private String address(int number, int end) {
        return "%s.%d.%d".formatted(RANGE, part, number * STEP + end);
    }

    private String name(int number) {
        return "pg%d-%d".formatted(part, number);
    }

    /// Pulls the far end of a cable: this one stays up, so that what is sent is lost and not
    /// refused.
    void unplug(int number) {
        inside("ip", "link", "set", name(number), "down");
    }

    void plug(int number) {
        inside("ip", "link", "set", name(number), "up");
    }

    private void inside(String... words) {
        Command.run(inside(List.of(words)));
    }

    /// A command as it is run inside of the namespace.
    List<String> inside(List<String> words) {
        var all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        all.addAll(words);
        return all;
    }

    /// Takes the cables along.
    @Override
    public void close() {
        Command.run("ip", "netns", "del", namespace);
    }
}
