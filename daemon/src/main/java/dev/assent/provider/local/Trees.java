package dev.assent.provider.local;

import dev.assent.failpoint.Failpoint;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/// Copies and deletes folders that another user writes, without ever following a symbolic link:
/// each step goes down from an open folder and not from a path, so that nobody who swaps a folder
/// for a link meanwhile can have root read or delete something else.
final class Trees {

    private Trees() {}

    /// The folder around a file or folder; around the root is the root.
    static Path around(Path path) {
        var absolute = path.toAbsolutePath();
        var parent = absolute.getParent();
        return parent == null ? absolute : parent;
    }

    /// Deletes a file or folder with all that is in it; what is not there is fine.
    static void delete(Path path) throws IOException {
        Failpoint.TREE_BEFORE_DELETE.reached(IOException::new);
        try (var around = open(around(path))) {
            delete(around, path.getFileName());
            Failpoint.TREE_AFTER_DELETE.reached(IOException::new);
        } catch (NoSuchFileException e) {
            // Gone with the folder around it.
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static void delete(SecureDirectoryStream<Path> around, Path name) throws IOException {
        try {
            if (!attributes(around, name).isDirectory()) {
                around.deleteFile(name);
                return;
            }
            try (var folder = around.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                for (var child : folder) {
                    delete(folder, child.getFileName());
                }
            }
            Failpoint.TREE_HALF_DELETED.reached(IOException::new);
            around.deleteDirectory(name);
        } catch (NoSuchFileException e) {
            // Somebody else deletes it too, and was faster.
        }
    }

    /// Copies what is in a folder into another one that is there. What vanishes meanwhile, and
    /// links and other special files, are left out. Nothing is flushed.
    ///
    /// @param wanted is asked of each path, relative to `from`
    /// @param made hears of each file and folder that was made
    static void copy(Path from, Path to, Predicate<Path> wanted, Heard made) throws IOException {
        Failpoint.TREE_BEFORE_COPY.reached(IOException::new);
        try (var folder = open(from)) {
            copy(folder, Path.of(""), to, wanted, made);
        }
        Failpoint.TREE_AFTER_COPY.reached(IOException::new);
    }

    /// The bytes in a folder's files, as far as they can be seen while it may be changing.
    static long size(Path folder) throws IOException {
        var size = new AtomicLong();
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        size.addAndGet(attributes.size());
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException vanished) {
                        return FileVisitResult.CONTINUE;
                    }
                });
        return size.get();
    }

    /// Is told a path.
    interface Heard {
        void of(Path path) throws IOException;
    }

    private static void copy(
            SecureDirectoryStream<Path> from,
            Path relative,
            Path to,
            Predicate<Path> wanted,
            Heard made)
            throws IOException {
        for (var child : from) {
            var name = child.getFileName();
            var path = relative.resolve(name);
            if (!wanted.test(path)) continue;
            try {
                var attributes = attributes(from, name);
                if (attributes.isRegularFile()) {
                    copyFile(from, name, to.resolve(path));
                    made.of(to.resolve(path));
                } else if (attributes.isDirectory()) {
                    copyFolder(from, name, path, to, wanted, made);
                }
            } catch (NoSuchFileException e) {
                if (e.getFile().startsWith(to.toString())) throw e;
            }
        }
    }

    private static void copyFolder(
            SecureDirectoryStream<Path> from,
            Path name,
            Path path,
            Path to,
            Predicate<Path> wanted,
            Heard made)
            throws IOException {
        try (var folder = from.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(to.resolve(path));
            copy(folder, path, to, wanted, made);
            made.of(to.resolve(path));
        }
    }

    private static void copyFile(SecureDirectoryStream<Path> from, Path name, Path to)
            throws IOException {
        try (SeekableByteChannel source =
                        from.newByteChannel(
                                name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
                var out =
                        Files.newOutputStream(
                                to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            Channels.newInputStream(source).transferTo(out);
        }
    }

    private static BasicFileAttributes attributes(SecureDirectoryStream<Path> folder, Path name)
            throws IOException {
        return folder.getFileAttributeView(
                        name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
    }

    @SuppressWarnings("StreamResourceLeak") // The caller closes it.
    private static SecureDirectoryStream<Path> open(Path folder) throws IOException {
        DirectoryStream<Path> stream = Files.newDirectoryStream(folder);
        if (stream instanceof SecureDirectoryStream<Path> secure) return secure;
        stream.close();
        throw new NotDirectoryException(folder + " is on a file system without safe folders");
    }
}
