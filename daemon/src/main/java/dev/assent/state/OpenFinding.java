package dev.assent.state;

import dev.assent.model.ApplicationName;
import dev.assent.model.ServerKey;
import dev.assent.plan.Finding;
import java.time.Instant;

/// Something that is not as it is recorded, and since when.
public record OpenFinding(ApplicationName application, Finding finding, Instant since) {

    public ServerKey server() {
        return new ServerKey(application, finding.group(), finding.server());
    }
}
