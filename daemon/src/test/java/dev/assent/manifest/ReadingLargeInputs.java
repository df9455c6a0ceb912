package dev.assent.manifest;

import java.util.List;

/// Reads large inputs one after the other and says of each whether there was enough memory for it.
final class ReadingLargeInputs {

    static final String READ = ": read";

    private ReadingLargeInputs() {}

    public static void main(String[] args) {
        var reader = new ManifestReader(System::nanoTime);
        for (var name : LargeInputs.names()) {
            try {
                reader.read("manifest.yml", LargeInputs.named(name), List.of());
                System.out.println(name + READ);
            } catch (OutOfMemoryError | StackOverflowError tooMuch) {
                System.out.println(name + ": " + tooMuch);
            }
        }
    }
}
