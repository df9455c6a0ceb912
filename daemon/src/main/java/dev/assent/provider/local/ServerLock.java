package dev.assent.provider.local;

import dev.assent.model.ServerKey;
import dev.assent.provider.ProviderException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thing at a time is done to a server: by the threads of this process, whichever provider they
/// use, and by the processes of this machine that keep servers in the same folder. What a process
/// has locked is free when it ends, however it ends. One that is stopped and holds up others has
/// lost its right to whatever it was doing long ago, and is killed before it can go on with it.
final class ServerLock {

    private static final Logger LOG = LoggerFactory.getLogger(ServerLock.class);

    /// How often a server that another process has is asked for.
    private static final Duration PACE = Duration.ofMillis(50);

    /// How long a process may be stopped without being taken for one that stays so.
    private static final Duration STOPPED = Duration.ofSeconds(2);

    private static final Map<Place, ServerLock> ALL = new ConcurrentHashMap<>();

    /// @param what a server's key, or what all of them share
    private record Place(Path servers, String what) {}

    private final Place place;
    private final LockFile file;
    private final long position;
    private final ReentrantLock threads = new ReentrantLock();
    private LockFile.@Nullable Held held;

    private ServerLock(Place place) {
        this.place = place;
        this.file = LockFile.of(place.servers());
        this.position = position(place.what());
    }

    static ServerLock of(Path servers, ServerKey server) {
        return ALL.computeIfAbsent(new Place(servers, server.toString()), ServerLock::new);
    }

    /// The lock on what all servers of a folder share: who has which folder and port.
    static ServerLock ofAll(Path servers) {
        return ALL.computeIfAbsent(new Place(servers, "all"), ServerLock::new);
    }

    /// Waits until nobody else does anything to the server.
    void lock() {
        threads.lock();
        if (threads.getHoldCount() > 1) return;
        try {
            held = await();
        } catch (RuntimeException e) {
            threads.unlock();
            throw e;
        }
    }

    /// Takes it where nobody does anything to the server.
    ///
    /// @return whether nobody did
    boolean tryLock() {
        if (!threads.tryLock()) return false;
        if (threads.getHoldCount() > 1) return true;
        try {
            held = file.tryLock(position).orElse(null);
        } catch (RuntimeException e) {
            threads.unlock();
            throw e;
        }
        if (held == null) threads.unlock();
        return held != null;
    }

    void unlock() {
        try {
            if (threads.getHoldCount() > 1) return;
            var lock = held;
            held = null;
            if (lock != null) lock.release();
        } catch (IOException e) {
            LOG.warn("{} stays locked until this process ends", place.what(), e);
        } finally {
            threads.unlock();
        }
    }

    boolean isLocked() {
        if (threads.isLocked()) return true;
        if (!tryLock()) return true;
        unlock();
        return false;
    }

    private LockFile.Held await() {
        var stopped = 0L;
        while (true) {
            var lock = file.tryLock(position);
            if (lock.isPresent()) return lock.get();
            var holder = file.holder(position);
            stopped = holder.filter(ServerProcess::isStopped).isPresent() ? stopped + 1 : 0;
            if (stopped * PACE.toMillis() >= STOPPED.toMillis()) kill(holder.orElseThrow());
            try {
                Thread.sleep(PACE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ProviderException(
                        "interrupted while process %s does something to %s"
                                .formatted(
                                        holder.map(ServerProcess::pid).orElse(0L), place.what()));
            }
        }
    }

    private void kill(ServerProcess holder) {
        LOG.warn(
                "killing process {}, which is stopped and holds up what is to be done to {}",
                holder.pid(),
                place.what());
        ProcessHandle.of(holder.pid())
                .filter(_ -> holder.lives())
                .ifPresent(ProcessHandle::destroyForcibly);
    }

    /// Where in the file it is: any place that no other one has.
    private static long position(String what) {
        try {
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(what.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong() & (Long.MAX_VALUE >> 1);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
