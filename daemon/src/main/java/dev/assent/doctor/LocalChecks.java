package dev.assent.doctor;

import dev.assent.configuration.ProviderSettings;
import dev.assent.model.Sizes;
import dev.assent.model.Variant;
import dev.assent.model.Version;
import dev.assent.provider.local.LocalInspection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Whether this machine can run the servers of a local provider.
final class LocalChecks {

    private LocalChecks() {}

    static List<Check> of(String name, ProviderSettings.Local local, Path state) {
        var machine = new LocalInspection(local.in(state, name, Sizes.NONE));
        return List.of(
                new User(name, machine), new Ports(name, machine), new Programs(name, machine));
    }

    private record User(String provider, LocalInspection machine) implements Check {

        @Override
        public String subject() {
            return "user of " + provider;
        }

        @Override
        public Finding look() throws IOException {
            return Finding.fine("servers run as `%s`".formatted(machine.user()));
        }
    }

    private record Ports(String provider, LocalInspection machine) implements Check {

        private static final int FEW = 10;

        @Override
        public String subject() {
            return "ports of " + provider;
        }

        @Override
        public Finding look() {
            var tried = machine.triedPorts();
            var free = machine.freePorts();
            var words = "%d of the first %d are free".formatted(free, tried);
            if (free == 0) {
                return Finding.trouble(words, "give `ports` of the provider another range");
            }
            return free < FEW && tried > FEW
                    ? Finding.warning(words, "give `ports` of the provider a larger range")
                    : Finding.fine(words);
        }
    }

    private record Programs(String provider, LocalInspection machine) implements Check {

        @Override
        public String subject() {
            return "programs of " + provider;
        }

        @Override
        public Finding look() {
            var found = machine.programs();
            var words =
                    found.entrySet().stream()
                            .map(it -> it.getKey() + " " + words(it.getValue()))
                            .collect(Collectors.joining("; "));
            var missing =
                    found.entrySet().stream()
                            .filter(it -> it.getValue().here().isEmpty())
                            .map(Map.Entry::getKey)
                            .toList();
            if (missing.isEmpty()) return Finding.fine(words);
            var install =
                    "install the programs of %s on this machine"
                            .formatted(
                                    missing.stream()
                                            .map(Variant::toString)
                                            .collect(Collectors.joining(", ")));
            var fetched = missing.stream().filter(it -> !archived(found, it).isEmpty()).toList();
            if (fetched.isEmpty()) {
                return missing.size() < found.size()
                        ? Finding.fine(words)
                        : Finding.trouble(words, install + ", or allow `download`");
            }
            return machine.archivesUnreachable(fetched)
                    .map(_ ->
                            Finding.trouble(
                                    words + ", but no Maven repository has them for this user",
                                    "check the network and the Maven settings, or " + install))
                    .orElseGet(() -> Finding.fine(words));
        }

        private static List<Version> archived(
                Map<Variant, LocalInspection.Programs> found, Variant variant) {
            return Optional.ofNullable(found.get(variant))
                    .map(LocalInspection.Programs::archived)
                    .orElse(List.of());
        }

        private static String words(LocalInspection.Programs programs) {
            if (programs.archived().isEmpty()) return here(programs);
            return here(programs) + ", to be fetched " + versions(programs.archived());
        }

        private static String here(LocalInspection.Programs programs) {
            return programs.here().isEmpty() ? "none here" : versions(programs.here()) + " here";
        }

        private static String versions(List<Version> versions) {
            return versions.stream().map(Version::text).collect(Collectors.joining(", "));
        }
    }
}
