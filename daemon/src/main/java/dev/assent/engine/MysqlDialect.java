package dev.assent.engine;

import dev.assent.model.Endpoint;
import dev.assent.model.GroupCredentials;
import dev.assent.model.Secret;
import dev.assent.model.Version;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// In what the members of MySQL's family differ: their programs, some options, how they write
/// passwords, and their words for replication.
sealed interface MysqlDialect permits MariaDbDialect, OracleDialect {

    /// The product's name, for messages.
    String product();

    String program();

    /// The version in what the program prints; empty for a relative's.
    Optional<Version> versionIn(String printed);

    /// Options that its relatives do not know.
    String options(Site site);

    /// Options of one that follows another one: nobody but a replication thread and Assent writes.
    String optionsOfReplica();

    /// Fills an empty data folder, with Assent's own two users in it and nobody else.
    void initialise(Site site, GroupCredentials credentials, Workbench workbench);

    /// The command that prints all of a running server: databases, users and where in its log that
    /// is.
    ///
    /// @param login the file that says how to get in
    List<String> dump(Site source, Path login);

    /// What makes an account's password be the given one, behind `CREATE USER x` or `ALTER USER x`.
    String identifiedBy(Secret password);

    /// Empties the log of a server that is about to be loaded with a copy, and has what follows not
    /// written to it. A global transaction id is of the source then, or of nobody.
    List<String> beginLoading();

    /// Where the source was when it was dumped, if a statement of a dump tells it.
    Optional<String> positionIn(String statement);

    /// Has a server that was loaded be where its source was then.
    List<String> loadedUpTo(Version version, String position);

    /// Whom to follow from now on, from where the server is.
    List<String> followFrom(Endpoint source, Secret password);

    /// With which password to sign in at the source.
    String signInWith(Secret password);

    /// What is in the server's own log, as one asks for it.
    String position();

    /// Asks a replica to wait until it has come to a position; 0 is that it has.
    String awaitPosition();

    /// Has a server take writes from nobody but Assent, or from everybody again. What is being
    /// committed is waited for.
    List<String> readOnly(boolean only);

    /// How a replica is, if it is one.
    Optional<MysqlReplicaStatus> status(Connection connection) throws SQLException;
}
