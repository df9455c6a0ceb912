package dev.assent.source;

import dev.assent.model.ApplicationName;
import dev.assent.model.UnfitException;
import dev.assent.model.UnfitException.Unfit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.Constants;

/// A Git repository to be watched, as configured.
///
/// @param name its name in the configuration: a file name, unique
/// @param url `file://`, `https://`, `http://` or `ssh://`; never holds a password
/// @param branch the branch whose manifests count
/// @param manifests where manifests stand in it
/// @param environments the environments that are planned
/// @param poll how often to look
/// @param heads the refs beside the branch that are planned as if merged into it
/// @param tokenFile over HTTP: the file whose content signs in, as the URL's user if it names one
/// @param sshKey over SSH: the private key, instead of those in `~/.ssh`; a `known_hosts` beside it
///   counts too
/// @param signedCommits whether every commit has to be signed by a known person
/// @param pollTimeout how long a poll may take before it counts as hung
public record Repository(
        String name,
        String url,
        String branch,
        List<ManifestPattern> manifests,
        List<String> environments,
        Duration poll,
        List<HeadPattern> heads,
        Optional<Path> tokenFile,
        Optional<Path> sshKey,
        Optional<SignedCommits> signedCommits,
        Duration pollTimeout) {

    /// Time enough to fetch a large repository for the first time.
    public static final Duration POLL_TIMEOUT = Duration.ofMinutes(15);

    /// A repository as configured.
    ///
    /// @throws IllegalArgumentException if it could not be watched, or its URL holds a password
    public Repository {
        manifests = List.copyOf(manifests);
        environments = List.copyOf(environments);
        heads = List.copyOf(heads);
        var unfit = new ArrayList<Unfit>();
        if (!ApplicationName.isPart(name)) {
            unfit.add(
                    new Unfit(
                            "name",
                            "`"
                                    + name
                                    + "` can't name a repository: use up to 100 letters, digits,"
                                    + " `.`, `_` and `-`, and begin with a letter or digit"));
        }
        environments.stream()
                .filter(it -> !ApplicationName.isPart(it))
                .map(it -> new Unfit("environments", "`" + it + "` can't name an environment"))
                .forEach(unfit::add);
        if (manifests.isEmpty()) {
            unfit.add(new Unfit("manifests", "`manifests` names no place where manifests stand"));
        }
        if (!org.eclipse.jgit.lib.Repository.isValidRefName(Constants.R_HEADS + branch)) {
            unfit.add(new Unfit("branch", "`" + branch + "` is no branch's name"));
        }
        unfit.addAll(unfit(url, tokenFile, sshKey));
        if (!unfit.isEmpty()) throw refused(name, unfit);
    }

    private static List<Unfit> unfit(String url, Optional<Path> tokenFile, Optional<Path> sshKey) {
        var unfit = new ArrayList<Unfit>();
        try {
            var address = Address.of(url);
            if (tokenFile.isPresent() && address.kind() != Address.Kind.HTTP) {
                unfit.add(
                        new Unfit(
                                "token_file",
                                "`token_file` is for `https://`; this URL is another"));
            }
            if (sshKey.isPresent() && address.kind() != Address.Kind.SSH) {
                unfit.add(new Unfit("ssh_key", "`ssh_key` is for `ssh://`; this URL is another"));
            }
            if (address.kind() == Address.Kind.HTTP
                    && address.user().isPresent()
                    && tokenFile.isEmpty()) {
                unfit.add(
                        new Unfit(
                                "url",
                                "its URL names a user, who can't sign in without a `token_file`;"
                                        + " and a token must not stand in a URL"));
            }
        } catch (IllegalArgumentException e) {
            unfit.add(new Unfit("url", String.valueOf(e.getMessage()).replaceFirst("\\.$", "")));
        }
        return unfit;
    }

    /// A repository that asks for no credentials, or for the SSH keys in `~/.ssh`.
    public Repository(
            String name,
            String url,
            String branch,
            List<ManifestPattern> manifests,
            List<String> environments,
            Duration poll) {
        this(name, url, branch, manifests, environments, poll, Optional.empty(), Optional.empty());
    }

    /// The same with refs beside the branch that are planned.
    public Repository withHeads(List<HeadPattern> heads) {
        return new Repository(
                name,
                url,
                branch,
                manifests,
                environments,
                poll,
                heads,
                tokenFile,
                sshKey,
                signedCommits,
                pollTimeout);
    }

    /// A repository of which the branch alone is planned, and whose commits need not be signed.
    public Repository(
            String name,
            String url,
            String branch,
            List<ManifestPattern> manifests,
            List<String> environments,
            Duration poll,
            Optional<Path> tokenFile,
            Optional<Path> sshKey) {
        this(
                name,
                url,
                branch,
                manifests,
                environments,
                poll,
                List.of(),
                tokenFile,
                sshKey,
                Optional.empty(),
                POLL_TIMEOUT);
    }

    /// What of the settings decides which manifests are read and how: when it differs, all of them
    /// are read again.
    public String fingerprint() {
        return String.join("\n", url, branch, manifests.toString(), environments.toString());
    }

    /// The application whose manifest stands at a path; empty when none does.
    Optional<String> applicationAt(String path) {
        return manifests.stream().flatMap(it -> it.applicationAt(path, name).stream()).findFirst();
    }

    private static UnfitException refused(String name, List<Unfit> unfit) {
        var sentences = unfit.stream().map(it -> it.why() + ".").collect(Collectors.joining(" "));
        return new UnfitException("Repository `" + name + "`: " + sentences, unfit);
    }
}
