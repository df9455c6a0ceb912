package dev.assent.doctor;

import dev.assent.configuration.Configuration;
import dev.assent.configuration.ProviderSettings;
import dev.assent.forge.ForgeSettings;
import dev.assent.source.Repository;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// All that is looked at, in the order in which it is told of.
public final class Checks {

    private Checks() {}

    public static List<Check> of(Premises premises) {
        var checks = new ArrayList<Check>();
        checks.add(new ConfigurationCheck(premises));
        checks.add(new DaemonCheck(premises));
        checks.add(new UnitCheck());
        checks.add(new FolderCheck("state folder", premises.state(), "/var/lib/assent"));
        checks.add(new FolderCheck("run folder", premises.run(), "/run/assent"));
        checks.add(new SecretKeyCheck(premises));
        checks.add(
                premises.configuration()
                        .flatMap(Configuration::record)
                        .<Check>map(it -> new RecordServerCheck(premises, it))
                        .orElseGet(() -> new RecordCheck(premises)));
        checks.add(DiskCheck.of(premises.state()));
        checks.add(new DescriptorsCheck(premises));
        checks.add(new ClockCheck());
        premises.configuration().ifPresent(it -> addConfigured(premises, it, checks));
        return List.copyOf(checks);
    }

    private static void addConfigured(
            Premises premises, Configuration configuration, List<Check> checks) {
        checks.add(new PolicyCheck(premises, configuration));
        configuration
                .backups()
                .ifPresent(it ->
                        checks.add(new BackupCheck(premises.state(), it, InstantSource.system())));
        SkewCheck.of(configuration).ifPresent(checks::add);
        for (var it : configuration.repositories()) {
            checks.add(new RepositoryCheck(it));
            it.sshKey().ifPresent(key -> checks.add(new SshKeyCheck(it.name(), key)));
        }
        configuration.repositories().stream()
                .map(Repository::name)
                .filter(configuration.forges()::containsKey)
                .forEach(name -> checks.add(new ForgeCheck(name, forge(configuration, name))));
        configuration.access().oidc().ifPresent(it -> checks.add(new OidcCheck(it)));
        configuration.notifications().forEach(it -> checks.add(new NotificationCheck(it)));
        configuration
                .providers()
                .forEach((name, settings) -> {
                    switch (settings) {
                        case ProviderSettings.Local local ->
                                checks.addAll(LocalChecks.of(name, local, premises.state()));
                    }
                });
    }

    private static ForgeSettings forge(Configuration configuration, String name) {
        return Objects.requireNonNull(configuration.forges().get(name));
    }
}
