package dev.assent.cli;

/// What `validate` prints, file by file, so that nothing has to be kept.
interface ValidateReport {

    /// Adds a file; the next one in the order of the command line.
    void add(CheckedFile file);

    /// Says what is to be said when all files are through.
    void end();
}
