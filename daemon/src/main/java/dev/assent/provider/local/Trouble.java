package dev.assent.provider.local;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/// What a failure of files or processes means, in words: many of these exceptions only name a file.
final class Trouble {

    private Trouble() {}

    static String of(IOException failure) {
        return switch (failure) {
            case ClosedByInterruptException _ -> "it was interrupted";
            case NoSuchFileException e -> "there is no " + e.getFile();
            case FileAlreadyExistsException e -> e.getFile() + " is there already";
            case AccessDeniedException e -> "access to " + e.getFile() + " is denied";
            case FileSystemException e when e.getReason() != null ->
                    e.getReason() + ": " + e.getFile();
            default -> Objects.requireNonNullElse(failure.getMessage(), failure.toString());
        };
    }
}
