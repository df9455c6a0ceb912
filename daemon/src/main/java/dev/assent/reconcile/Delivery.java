package dev.assent.reconcile;

import dev.assent.configuration.RedeploySettings;
import dev.assent.model.ApplicationName;
import dev.assent.model.GroupCredentials;
import dev.assent.model.GroupName;
import dev.assent.state.HookRun;
import dev.assent.state.InForce;
import dev.assent.state.Store;
import dev.assent.variables.EnvironmentFile;
import dev.assent.variables.ExternalGroups;
import dev.assent.variables.VariableChange;
import dev.assent.variables.Variables;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The environment variables of applications: pending as soon as the record moves, in force from
/// the next redeploy on.
///
/// A redeploy writes the application's file, runs its hook, and only when that has ended well
/// writes into the record that the variables are in force. Whatever goes wrong before, the old file
/// is put back. A crash in between leaves the old file or the new one, each whole, and in the
/// record the variables of before: to [#difference] they are still pending, and the next redeploy
/// does all of it again. Whether the hook has run by then, and the application has the new
/// variables already, nobody knows: a hook must bear being run twice.
public final class Delivery implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Store store;
    private final Declarations declarations;
    private final Function<ApplicationName, Optional<RedeploySettings>> settings;
    private final Map<ApplicationName, Running> running = new ConcurrentHashMap<>();
    private volatile boolean ending;

    /// Delivers to applications as their settings say.
    ///
    /// @param settings how variables get to an application; where it is empty they are recorded
    public Delivery(
            Store store,
            Declarations declarations,
            Function<ApplicationName, Optional<RedeploySettings>> settings) {
        this.store = store;
        this.declarations = declarations;
        this.settings = settings;
    }

    /// A redeploy under way, and who carries it out.
    private record Running(Thread thread, CountDownLatch ended) {}

    /// Both sides of an application's variables, for somebody who asked to see them: audited, as
    /// they hold passwords.
    public Shown show(ApplicationName application, String who) {
        store.audit().note(who, "variables.shown", application, "pending and in force");
        var externals = externals(application);
        return new Shown(
                pending(application, externals),
                store.redeploys().inForce(application),
                externals.untold());
    }

    /// The variables as the next redeploy would put them in force, and as they are.
    ///
    /// @param untold external groups that have no variables, since nobody told where they stand
    public record Shown(
            SortedMap<String, String> pending, Optional<InForce> inForce, List<GroupName> untold) {

        public Shown {
            untold = List.copyOf(untold);
        }

        /// Names only: what a log or a debugger may show.
        @Override
        public String toString() {
            return "Shown" + pending.keySet();
        }
    }

    /// What the next redeploy would change, without any secret.
    public List<VariableChange> difference(ApplicationName application) {
        return VariableChange.between(
                store.redeploys().inForce(application).map(InForce::values).orElseGet(TreeMap::new),
                pending(application, externals(application)));
    }

    private ExternalGroups externals(ApplicationName application) {
        return ExternalGroups.of(
                declarations.desired(application),
                store.records().of(application),
                store.externals().of(application));
    }

    private SortedMap<String, String> pending(
            ApplicationName application, ExternalGroups externals) {
        return Variables.of(
                store.records().of(application),
                group -> credentials(application, group),
                externals.told());
    }

    private GroupCredentials credentials(ApplicationName application, GroupName group) {
        return store.credentials()
                .get(application, group)
                .orElseThrow(() ->
                        new IllegalStateException(
                                "no credentials of " + application + "/" + group));
    }

    /// Puts the pending variables in force; of one application once at a time.
    public Redeployment redeploy(ApplicationName application, String who) {
        var own = new Running(Thread.currentThread(), new CountDownLatch(1));
        if (running.putIfAbsent(application, own) != null) {
            return new Redeployment.Refused(
                    "%s is being redeployed already; wait for that to end, and see `assent history %s`"
                            .formatted(application, application));
        }
        try {
            if (ending) return new Redeployment.Refused("the daemon is ending; ask the next one");
            return new Attempt(application, who).go();
        } finally {
            running.remove(application);
            own.ended.countDown();
        }
    }

    /// Ends the hooks that run, and lets their files be put back.
    @Override
    public void close() {
        ending = true;
        var left = List.copyOf(running.entrySet());
        left.forEach(it -> it.getValue().thread().interrupt());
        for (var it : left) {
            try {
                if (!it.getValue().ended().await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    LOG.warn("the redeploy of {} did not end; see to its file", it.getKey());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /// One redeploy of one application.
    private final class Attempt {

        private final ApplicationName application;
        private final String who;
        private final Optional<InForce> inForce;
        private final SortedMap<String, String> values;
        private final Optional<RedeploySettings> how;
        private final Optional<EnvFile> file;

        private Attempt(ApplicationName application, String who) {
            this.application = application;
            this.who = who;
            this.inForce = store.redeploys().inForce(application);
            this.values = pending(application, externals(application));
            this.how = settings.apply(application);
            this.file =
                    how.flatMap(it ->
                            it.envFile(application)
                                    .map(path -> new EnvFile(application, path, it.owner())));
        }

        private Redeployment go() {
            Optional<String> before;
            try {
                before = file.flatMap(EnvFile::read);
            } catch (DeliveryException e) {
                return failed(sentence(e), Optional.empty());
            }
            try {
                file.ifPresent(it -> it.write(EnvironmentFile.of(application, values)));
            } catch (DeliveryException e) {
                return failed(sentence(e) + putBack(before), Optional.empty());
            }
            var hook = how.filter(it -> !it.command().isEmpty()).map(this::run);
            return hook.filter(it -> !it.succeeded())
                    .map(it -> failed(it, before))
                    .orElseGet(() -> done(hook));
        }

        private HookRun run(RedeploySettings how) {
            var told = new TreeMap<String, String>();
            told.put("ASSENT_APPLICATION", application.app());
            told.put("ASSENT_ENVIRONMENT", application.environment());
            file.ifPresent(it -> told.put("ASSENT_ENV_FILE", it.path().toString()));
            return Hook.run(
                    how.command(application), told, how.timeout(), new Redaction(secrets()));
        }

        /// Those of before too: a hook that fails may well tell what it found.
        private List<String> secrets() {
            var secrets = new ArrayList<String>();
            Stream.of(values, inForce.map(InForce::values).orElseGet(TreeMap::new))
                    .flatMap(it -> it.entrySet().stream())
                    .filter(it -> Variables.isSecret(it.getKey(), it.getValue()))
                    .forEach(it -> secrets.add(it.getValue()));
            for (var group : store.records().of(application).groups()) {
                var credentials = credentials(application, group.name());
                secrets.add(credentials.admin().reveal());
                secrets.add(credentials.replication().reveal());
            }
            return secrets;
        }

        private Redeployment done(Optional<HookRun> hook) {
            var fresh = store.redeploys().redeployed(application, values, who, hook);
            return new Redeployment.Done(fresh, path(), hook);
        }

        private Redeployment failed(HookRun hook, Optional<String> before) {
            var why = "`%s` %s".formatted(String.join(" ", hook.command()), hook.ended());
            return failed(why + putBack(before), Optional.of(hook));
        }

        private Redeployment failed(String why, Optional<HookRun> hook) {
            LOG.warn("{} was not redeployed: {}", application, why);
            var at = store.redeploys().failed(application, why, who, hook);
            return new Redeployment.Failed(inForce, why, at, path(), hook);
        }

        private Optional<Path> path() {
            return file.map(EnvFile::path);
        }

        /// Puts back what is in force; says what became of the file. After a crash what stood there
        /// need not be that.
        private String putBack(Optional<String> before) {
            if (file.isEmpty()) return "";
            // Whoever is told to end puts back first: nothing is written while this is set.
            Thread.interrupted();
            var path = file.get().path();
            try {
                if (before.isEmpty()) {
                    file.get().remove();
                    return "; " + path + " is removed again, there was none before";
                }
                file.get()
                        .write(
                                inForce.map(it -> EnvironmentFile.of(application, it.values()))
                                        .orElse(before.get()));
                return "; " + path + " is as it was before";
            } catch (DeliveryException e) {
                return "; and the old file could not be put back: " + sentence(e);
            }
        }

        private static String sentence(DeliveryException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
