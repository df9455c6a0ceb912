package dev.assent.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/// What an adapter may do on the machine where a server is made. The provider lends it, since only
/// the provider knows how to reach that machine and as whom its servers run.
public interface Workbench {

    /// Runs a program to its end as the servers' user. An exit code other than 0 is an exception
    /// with what it printed; so never print a secret.
    void run(List<String> argv);

    /// The same, with what it prints on standard output going to a file that the servers' user
    /// alone can read; a program that fails leaves none.
    void run(List<String> argv, Path output);

    /// Runs a program that goes on until it is told to end, and tells it by SIGTERM as soon as it
    /// has printed a line with a text in it: which is when it has done what it was run for. One
    /// that ends before, or badly, is an exception as above.
    void run(List<String> argv, String until);

    /// Writes a file that the servers' user alone can read. A file that is there is replaced as
    /// one.
    void write(Path file, String text);

    /// Deletes a file, or a folder with all that is in it. What is not there is fine, and no link
    /// is followed.
    void delete(Path path);

    /// Makes a folder of the servers' user that is not there yet.
    void makeFolder(Path folder);

    /// Copies what is in a folder that may be changing meanwhile into one of the servers' user,
    /// which is made where it is not there: what vanishes while it is copied is left out.
    ///
    /// @param wanted is asked of each file and folder, as a path relative to `from`
    void copy(Path from, Path to, Predicate<Path> wanted);
}
