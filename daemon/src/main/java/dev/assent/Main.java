package dev.assent;

/// Picks a command.
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.out.println("assent");
    }
}
