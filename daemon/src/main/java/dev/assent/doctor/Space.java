package dev.assent.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// What is left of a disk.
///
/// @param inodes how many more files there can be, where that is known
record Space(long total, long usable, OptionalLong inodes) {

    /// Where the space of a folder is looked up.
    interface Of {
        Space folder(Path folder) throws IOException;
    }

    /// The space of the disk that a folder is on, or that it would be on.
    static Space of(Path folder) throws IOException {
        var there =
                Stream.iterate(folder.toAbsolutePath(), it -> it != null, Path::getParent)
                        .filter(Files::exists)
                        .findFirst()
                        .orElse(folder);
        var store = Files.getFileStore(there);
        return new Space(store.getTotalSpace(), store.getUsableSpace(), inodes(there));
    }

    private static OptionalLong inodes(Path folder) {
        return Program.run(List.of("df", "--output=iavail", folder.toString())).stream()
                .flatMap(String::lines)
                .map(String::strip)
                .filter(it -> it.matches("[0-9]{1,18}"))
                .mapToLong(Long::parseLong)
                .findFirst();
    }
}
