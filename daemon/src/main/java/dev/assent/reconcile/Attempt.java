package dev.assent.reconcile;

import dev.assent.configuration.RedeploySettings;
import dev.assent.log.About;
import dev.assent.model.ApplicationName;
import dev.assent.state.HookRun;
import dev.assent.state.InForce;
import dev.assent.state.Store;
import dev.assent.variables.EnvironmentFile;
import dev.assent.variables.Variables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One redeploy of one application. It writes the application's file, runs its hook, and only when
/// that has ended well writes into the record that the variables are in force. Whatever goes wrong
/// before, the old file is put back.
///
/// A crash in between leaves the old file or the new one, each whole, and in the record the
/// variables of before: they are still pending, and the next redeploy does all of it again. Whether
/// the hook has run by then, and the application has the new variables already, nobody knows: a
/// hook must bear being run twice.
final class Attempt {

    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

    private final Store store;
    private final ApplicationName application;
    private final String who;
    private final Optional<InForce> inForce;
    private final SortedMap<String, String> values;
    private final Optional<RedeploySettings> how;
    private final Optional<EnvFile> file;

    /// An attempt of which nothing is done yet.
    ///
    /// @param values what is to be in force
    /// @param how how it gets to the application; where it is empty it is recorded
    Attempt(
            Store store,
            ApplicationName application,
            String who,
            SortedMap<String, String> values,
            Optional<RedeploySettings> how) {
        this.store = store;
        this.application = application;
        this.who = who;
        this.inForce = store.redeploys().inForce(application);
        this.values = values;
        this.how = how;
        this.file =
                how.flatMap(it ->
                        it.envFile(application)
                                .map(path -> new EnvFile(application, path, it.owner())));
    }

    Redeployment go() {
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
        return Hook.run(how.command(application), told, how.timeout(), new Redaction(secrets()));
    }

    /// Those of before too: a hook that fails may well tell what it found.
    private List<String> secrets() {
        var secrets = new ArrayList<String>();
        Stream.of(values, inForce.map(InForce::values).orElseGet(TreeMap::new))
                .flatMap(it -> it.entrySet().stream())
                .filter(it -> Variables.isSecret(it.getKey(), it.getValue()))
                .forEach(it -> secrets.add(it.getValue()));
        for (var group : store.records().of(application).groups()) {
            store.credentials()
                    .get(application, group.name())
                    .ifPresent(it -> {
                        secrets.add(it.admin().reveal());
                        secrets.add(it.replication().reveal());
                    });
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
        try (var _ = About.application(application).event("redeploy.failed").enter()) {
            LOG.warn("{} was not redeployed: {}", application, why);
        }
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
