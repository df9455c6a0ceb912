package dev.assent.systemd;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// Copies file descriptors, which the JDK has no class for: `dup(2)` and `dup2(2)`.
final class Descriptors {

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle DUP =
            function("dup", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    private static final MethodHandle DUP2 =
            function(
                    "dup2",
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private Descriptors() {}

    /// Another descriptor for the same file.
    static int copy(int descriptor) throws IOException {
        return checked(() -> (int) DUP.invokeExact(descriptor), "copy", descriptor);
    }

    /// Makes `to` a descriptor for the same file as `from`; what it was before is closed.
    static void copy(int from, int to) throws IOException {
        var _ = checked(() -> (int) DUP2.invokeExact(from, to), "copy", from);
    }

    private interface Call {
        int go() throws Throwable;
    }

    private static int checked(Call call, String what, int descriptor) throws IOException {
        try {
            var made = call.go();
            if (made >= 0) return made;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        throw new IOException("could not " + what + " the file descriptor " + descriptor);
    }

    @SuppressWarnings("restricted") // Native code cannot be called otherwise.
    private static MethodHandle function(String name, FunctionDescriptor signature) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), signature);
    }
}
