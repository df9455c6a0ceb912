package dev.assent.provider.local;

import dev.assent.engine.Stop;
import dev.assent.provider.ProviderException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Servers as processes in sessions of their own, which nobody keeps.
record DetachedProcesses(ServersUser user) implements Supervision {

    @Override
    public void refuseUnfit(ServerFolder folder) {
        // Any server can be a process.
    }

    @Override
    public ServerProcess launch(ServerFolder folder, List<String> run, Stop stop)
            throws IOException {
        var process = Commands.detach(user.as(run), folder.path(), folder.log().file());
        return ServerProcess.of(process.pid())
                .orElseThrow(() -> new ProviderException("the server ended right after its start"));
    }

    @Override
    public void release(ServerFolder folder) {
        // Nobody would start it again.
    }

    @Override
    public Optional<String> lastSeen(ServerFolder folder) {
        return Optional.empty();
    }

    @Override
    public AfterDeath afterDeath(ServerFolder folder) {
        return AfterDeath.ENDED;
    }
}
