package dev.assent.source;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/// Keeps what this machine's user or administrator has set for Git away from us: a rewritten URL, a
/// proxy or a program named there would make the daemon behave differently from machine to machine,
/// or run things. Nor is anything written there.
final class NoForeignSettings extends SystemReader.Delegate {

    /// What any file system keeps to: a file that is no older is read once more.
    private static final Duration COARSEST = Duration.ofSeconds(2);

    private NoForeignSettings(SystemReader machine) {
        super(machine);
    }

    /// Takes effect for the whole process: JGit knows only one reader of settings.
    static synchronized void take() {
        if (!(SystemReader.getInstance() instanceof NoForeignSettings)) {
            SystemReader.setInstance(new NoForeignSettings(SystemReader.getInstance()));
        }
    }

    /// `GIT_SSH` names a program to run; the others change where things are looked for.
    @Override
    public @Nullable String getenv(String variable) {
        return variable.startsWith("GIT_") ? null : super.getenv(variable);
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
        return new Nothing(fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
        return new Nothing(fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
        return new Nothing(fs);
    }

    private static final class Nothing extends FileBasedConfig {

        @SuppressWarnings("NullAway") // no file is what this is about
        Nothing(FS fs) {
            super(null, null, fs);
        }

        /// How exact the times of files are. JGit would measure that at the first look after each
        /// start, for some seconds in which nothing is read, and has no place to write it down.
        @Override
        public long getTimeUnit(
                String section,
                @Nullable String subsection,
                String name,
                long otherwise,
                TimeUnit unit) {
            return section.equals("filesystem") && name.equals("timestampResolution")
                    ? unit.convert(COARSEST)
                    : super.getTimeUnit(section, subsection, name, otherwise, unit);
        }

        @Override
        public void load() {}

        @Override
        public void save() {}

        @Override
        public boolean isOutdated() {
            return false;
        }

        @Override
        public String toString() {
            return "no settings";
        }
    }
}
