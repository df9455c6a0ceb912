package dev.assent.provider.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assent.model.Variant;
import dev.assent.model.Version;
import dev.assent.provider.Progress;
import dev.assent.provider.local.Archive.Packing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class ProgramsTest {

    @TempDir Path folder;
    private Path cache;

    @BeforeEach
    void make_a_cache() throws IOException {
        cache = Files.createDirectory(folder.resolve("cache"));
    }

    @Test
    void each_of_the_known_archives_has_its_checksum() {
        assertThat(Archive.known())
                .extracting(it -> it.variant() + " " + it.version().major())
                .containsExactly(
                        "postgresql 13",
                        "postgresql 14",
                        "postgresql 15",
                        "postgresql 16",
                        "postgresql 17",
                        "postgresql 18",
                        "mariadb 10",
                        "mariadb 11",
                        "redis 6");
        assertThat(Archive.known())
                .allSatisfy(it -> assertThat(it.sha256()).matches("[0-9a-f]{64}"))
                .extracting(Archive::sha256)
                .doesNotHaveDuplicates();
    }

    @Test
    void the_catalogue_has_what_the_machine_has_and_what_can_be_fetched() throws IOException {
        assumeTrue(Archive.fitThisMachine());
        install("15", "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)");
        install("19", "postgres (PostgreSQL) 19beta1");

        assertThat(versions(programs(true)))
                .containsExactly("13.23", "14.24", "15.18", "15.19", "16.15", "17.11", "18.6");
        assertThat(versions(programs(false))).containsExactly("15.18");
        assertThat(programs(true).catalogue("here").requires()).isEmpty();
        assertThat(programs(true).catalogue("here").provider()).isEqualTo("here");
    }

    @Test
    void what_is_in_the_cache_needs_no_fetching() throws IOException {
        assumeTrue(Archive.fitThisMachine());
        var archive = newest();
        Files.createDirectories(cache.resolve(archive.folderName()));

        assertThat(versions(programs(false))).containsExactly(archive.version().text());
        assertThat(programs(false).folder(Variant.POSTGRESQL, archive.version(), Progress.SILENT))
                .isEqualTo(cache.resolve(archive.folderName()).resolve("bin"));
    }

    private static Archive newest() {
        return Archive.known().stream()
                .filter(it -> it.variant() == Variant.POSTGRESQL)
                .toList()
                .getLast();
    }

    @Test
    void a_version_that_nobody_has_is_told_with_those_that_there_are() throws IOException {
        install("15", "postgres (PostgreSQL) 15.18");

        assertThatThrownBy(() ->
                        programs(false)
                                .folder(Variant.POSTGRESQL, new Version("9.6"), Progress.SILENT))
                .hasMessage("there is no postgresql 9.6 here; there is: 15.18");
        assumeTrue(Archive.fitThisMachine());
        assertThatThrownBy(() ->
                        programs(false)
                                .folder(Variant.POSTGRESQL, new Version("18.6"), Progress.SILENT))
                .hasMessageContaining("archives are switched off; allow them, or install");
    }

    @Test
    void an_archive_is_unpacked_with_its_modes_and_links_and_without_what_is_for_compilers()
            throws IOException {
        var jar =
                jar(
                        file("bin/postgres", 0755),
                        link("lib/libpq.so", "libpq.so.5"),
                        file("lib/libpq.a", 0644));
        var target = cache.resolve("unpacked");

        Unpacking.unpack(jar, new Packing.Tar("packed.txz"), target);
        Unpacking.unpack(jar, new Packing.Tar("packed.txz"), target);

        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(target.resolve("bin/postgres"))))
                .isEqualTo("rwxr-xr-x");
        assertThat(Files.readSymbolicLink(target.resolve("lib/libpq.so")))
                .hasToString("libpq.so.5");
        assertThat(target.resolve("lib/libpq.a")).doesNotExist();
        assertThat(cache).isDirectoryNotContaining("glob:**.unpacking-*");
    }

    @Test
    void an_archive_that_leads_out_of_its_folder_is_not_unpacked() throws IOException {
        var byName = jar(file("../../outside", 0644));
        var byLink = jar(link("lib/out", "../../../outside"));

        for (var jar : List.of(byName, byLink)) {
            assertThatThrownBy(() ->
                            Unpacking.unpack(
                                    jar, new Packing.Tar("packed.txz"), cache.resolve("unpacked")))
                    .hasMessageContaining("leads out of it");
        }
        assertThat(cache).isEmptyDirectory();
    }

    private List<String> versions(Programs programs) {
        return programs.catalogue("here").versions(Variant.POSTGRESQL).stream()
                .map(Version::text)
                .toList();
    }

    private Programs programs(boolean mayFetch) {
        var store = new ArchiveStore(Optional.empty());
        return new Programs(
                new InstalledPrograms(folder),
                Archive.known(),
                new ProgramCache(cache, store),
                mayFetch);
    }

    /// A program that does nothing but say which one it would be.
    private void install(String name, String printed) throws IOException {
        var bin =
                Files.createDirectories(
                        folder.resolve("usr/lib/postgresql").resolve(name).resolve("bin"));
        var program =
                Files.writeString(bin.resolve("postgres"), "#!/bin/sh\necho '" + printed + "'\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static TarArchiveEntry file(String name, int mode) {
        var entry = new TarArchiveEntry(name, true);
        entry.setMode(mode);
        return entry;
    }

    private static TarArchiveEntry link(String name, String target) {
        var entry = new TarArchiveEntry(name, TarArchiveEntry.LF_SYMLINK);
        entry.setLinkName(target);
        return entry;
    }

    private Path jar(TarArchiveEntry... entries) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var tar =
                new TarArchiveOutputStream(new XZOutputStream(packed, new LZMA2Options(0)))) {
            for (var entry : entries) {
                var content =
                        entry.isFile() && !entry.isSymbolicLink()
                                ? "content".getBytes(StandardCharsets.UTF_8)
                                : new byte[0];
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        var jar = Files.createTempFile(folder, "archive", ".jar");
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("packed.txz"));
            zip.write(packed.toByteArray());
        }
        return jar;
    }
}
