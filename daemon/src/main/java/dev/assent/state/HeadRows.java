package dev.assent.state;

import dev.assent.model.ApplicationName;
import dev.assent.plan.Digest;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/// The heads beside the branch inside one transaction.
record HeadRows(Handle handle) {

    private static final RowMapper<HeadState> HEAD =
            (row, _) ->
                    new HeadState(
                            row.getString("repository"),
                            row.getString("ref"),
                            row.getString("name"),
                            row.getString("commit_id"),
                            row.getString("branch_commit"),
                            row.getString("settings"),
                            HeadState.Condition.valueOf(
                                    row.getString("condition").toUpperCase(Locale.ROOT)),
                            Optional.ofNullable(row.getString("detail")),
                            row.getBoolean("is_foreign"),
                            row.getObject("number") == null
                                    ? OptionalLong.empty()
                                    : OptionalLong.of(row.getLong("number")),
                            row.getString("title"),
                            row.getString("author"),
                            Optional.of(row.getString("url"))
                                    .filter(it -> !it.isEmpty())
                                    .map(URI::create),
                            Instant.parse(row.getString("looked_at")));

    private static final RowMapper<HeadPlan> PLAN =
            (row, _) ->
                    new HeadPlan(
                            ApplicationName.parse(row.getString("application")).orElseThrow(),
                            row.getString("path"),
                            HeadPlan.Condition.valueOf(
                                    row.getString("condition").toUpperCase(Locale.ROOT)),
                            Optional.ofNullable(row.getString("digest")).flatMap(Digest::parse),
                            JsonText.list(row.getString("remarks")),
                            Optional.ofNullable(row.getString("applied")).flatMap(Digest::parse));

    /// What one head says of one application.
    ///
    /// @param remarks warnings, errors, and what the plan notices, as text
    /// @param authors who made it
    record Link(
            String repository,
            String ref,
            ApplicationName application,
            String path,
            List<String> remarks,
            Set<String> authors) {}

    /// Which of them want a plan.
    List<Wanted.Head> wanting(Digest digest) {
        return handle.createQuery(
                        """
                        SELECT head.repository, head.ref, head.name, head.is_foreign
                          FROM head_plan JOIN head USING (repository, ref)
                         WHERE head_plan.digest = :digest
                         ORDER BY head.number NULLS FIRST, head.repository, head.ref\
                        """)
                .bind("digest", digest.toString())
                .map((row, _) ->
                        new Wanted.Head(
                                row.getString("repository"),
                                row.getString("ref"),
                                row.getString("name"),
                                row.getBoolean("is_foreign")))
                .list();
    }

    boolean areWanting(Digest digest) {
        return handle.createQuery("SELECT count(*) FROM head_plan WHERE digest = :digest")
                        .bind("digest", digest.toString())
                        .mapTo(Long.class)
                        .one()
                > 0;
    }

    void author(Digest digest, Set<String> authors) {
        for (var author : authors) {
            handle.createUpdate(
                            """
                            INSERT INTO plan_author (digest, author)
                            VALUES (:digest, :author)
                            ON CONFLICT DO NOTHING\
                            """)
                    .bind("digest", digest.toString())
                    .bind("author", author)
                    .execute();
        }
    }

    List<HeadState> of(String repository) {
        return handle.createQuery(
                        """
                        SELECT * FROM head WHERE repository = :repository ORDER BY number NULLS FIRST, ref\
                        """)
                .bind("repository", repository)
                .map(HEAD)
                .list();
    }

    List<HeadState> all() {
        return handle.createQuery("SELECT * FROM head ORDER BY repository, number NULLS FIRST, ref")
                .map(HEAD)
                .list();
    }

    Optional<HeadState> find(String repository, String ref) {
        return handle.createQuery(
                        "SELECT * FROM head WHERE repository = :repository AND ref = :ref")
                .bind("repository", repository)
                .bind("ref", ref)
                .map(HEAD)
                .findOne();
    }

    /// The heads that touch an application, oldest pull request first.
    List<HeadState> touching(ApplicationName application) {
        return handle.createQuery(
                        """
                        SELECT head.*
                          FROM head JOIN head_plan USING (repository, ref)
                         WHERE head_plan.application = :application
                         ORDER BY head.number NULLS FIRST, head.repository, head.ref\
                        """)
                .bind("application", application.toString())
                .map(HEAD)
                .list();
    }

    /// Those of whose plans one was applied to an application, in the order in which that was.
    List<Ahead> ahead(ApplicationName application) {
        return handle.createQuery(
                        """
                        SELECT head.repository, head.ref, head.name, head_plan.applied_commit,
                               head_plan.applied
                          FROM head JOIN head_plan USING (repository, ref)
                               JOIN plan ON plan.digest = head_plan.applied
                         WHERE head_plan.application = :application
                         ORDER BY plan.base_serial\
                        """)
                .bind("application", application.toString())
                .map((row, _) ->
                        new Ahead(
                                row.getString("repository"),
                                row.getString("ref"),
                                row.getString("name"),
                                row.getString("applied_commit"),
                                Digest.parse(row.getString("applied")).orElseThrow()))
                .list();
    }

    /// The applications that some head touches.
    List<ApplicationName> touched() {
        return handle
                .createQuery("SELECT DISTINCT application FROM head_plan ORDER BY application")
                .mapTo(String.class)
                .stream()
                .flatMap(it -> ApplicationName.parse(it).stream())
                .toList();
    }

    List<HeadPlan> plans(String repository, String ref) {
        return handle.createQuery(
                        """
                        SELECT * FROM head_plan
                         WHERE repository = :repository AND ref = :ref
                         ORDER BY application\
                        """)
                .bind("repository", repository)
                .bind("ref", ref)
                .map(PLAN)
                .list();
    }

    void put(HeadState head) {
        handle.createUpdate(
                        """
                        INSERT INTO head
                               (repository, ref, name, commit_id, branch_commit, settings, condition,
                                detail, is_foreign, number, title, author, url, looked_at)
                        VALUES (:repository, :ref, :name, :commit, :branchCommit, :settings,
                                :condition, :detail, :foreign, :number, :title, :author, :url, :lookedAt)
                        ON CONFLICT (repository, ref) DO UPDATE
                           SET name = excluded.name, commit_id = excluded.commit_id,
                               branch_commit = excluded.branch_commit, settings = excluded.settings,
                               condition = excluded.condition, detail = excluded.detail,
                               is_foreign = excluded.is_foreign, number = excluded.number,
                               title = excluded.title, author = excluded.author,
                               url = excluded.url, looked_at = excluded.looked_at\
                        """)
                .bind("repository", head.repository())
                .bind("ref", head.ref())
                .bind("name", head.name())
                .bind("commit", head.commit())
                .bind("branchCommit", head.branchCommit())
                .bind("settings", head.settings())
                .bind("condition", head.condition().word())
                .bind("detail", head.detail())
                .bind("foreign", head.foreign() ? 1 : 0)
                .bind("number", head.number().isPresent() ? head.number().getAsLong() : null)
                .bind("title", head.title())
                .bind("author", head.author())
                .bind("url", head.url().map(URI::toString).orElse(""))
                .bind("lookedAt", head.lookedAt().toString())
                .execute();
    }

    /// The plan that a head wanted until now.
    Optional<Digest> digest(Link link) {
        return digest(link.repository(), link.ref(), link.application());
    }

    private Optional<Digest> digest(String repository, String ref, ApplicationName application) {
        return handle.createQuery(
                        """
                        SELECT digest FROM head_plan
                         WHERE repository = :repository AND ref = :ref
                           AND application = :application AND digest IS NOT NULL\
                        """)
                .bind("repository", repository)
                .bind("ref", ref)
                .bind("application", application.toString())
                .mapTo(String.class)
                .findOne()
                .flatMap(Digest::parse);
    }

    void put(Link link, HeadPlan.Condition condition, Optional<Digest> digest) {
        handle.createUpdate(
                        """
                        INSERT INTO head_plan
                               (repository, ref, application, path, condition, digest, remarks)
                        VALUES (:repository, :ref, :application, :path, :condition, :digest,
                                :remarks)
                        ON CONFLICT (repository, ref, application) DO UPDATE
                           SET path = excluded.path, condition = excluded.condition,
                               digest = excluded.digest, remarks = excluded.remarks\
                        """)
                .bind("repository", link.repository())
                .bind("ref", link.ref())
                .bind("application", link.application().toString())
                .bind("path", link.path())
                .bind("condition", condition.word())
                .bind("digest", digest.map(Digest::toString))
                .bind("remarks", JsonText.of(link.remarks()))
                .execute();
        digest.ifPresent(it -> author(it, link.authors()));
    }

    /// A head no longer says anything of an application.
    ///
    /// @return the plan that it wanted
    Optional<Digest> drop(String repository, String ref, ApplicationName application) {
        var wanted = digest(repository, ref, application);
        handle.createUpdate(
                        """
                        DELETE FROM head_plan
                         WHERE repository = :repository AND ref = :ref
                           AND application = :application\
                        """)
                .bind("repository", repository)
                .bind("ref", ref)
                .bind("application", application.toString())
                .execute();
        return wanted;
    }

    void drop(String repository, String ref) {
        handle.createUpdate("DELETE FROM head WHERE repository = :repository AND ref = :ref")
                .bind("repository", repository)
                .bind("ref", ref)
                .execute();
    }

    /// A plan is being applied: the heads that want it are ahead of the branch, unless that wants
    /// it too. A fork's is not: what else it says was never anybody's to approve, and must not get
    /// into the branch's plans.
    void started(Digest digest) {
        handle.createUpdate(
                        """
                        UPDATE head_plan
                           SET applied = :digest,
                               applied_commit = (SELECT commit_id
                                                   FROM head
                                                  WHERE head.repository = head_plan.repository
                                                    AND head.ref = head_plan.ref)
                         WHERE digest = :digest
                           AND (SELECT by_branch FROM plan WHERE digest = :digest) = 0
                           AND EXISTS (SELECT 1
                                         FROM head
                                        WHERE head.repository = head_plan.repository
                                          AND head.ref = head_plan.ref
                                          AND head.is_foreign = 0)\
                        """)
                .bind("digest", digest.toString())
                .execute();
    }
}
