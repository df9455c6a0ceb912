package dev.assent.log;

/// How an entry is written, and where.
sealed interface Form permits Journal, JsonLines, TextLines {

    void write(Entry entry);
}
