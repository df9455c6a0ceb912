package dev.assent.state;

import dev.assent.plan.Digest;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/// The heads beside the branch inside one transaction.
record HeadRows(Handle handle) {

    /// Who wants a plan.
    Wanted wanting(Digest digest, boolean byBranch) {
        var heads =
                handle.createQuery(
                                """
                                SELECT head.repository, head.ref, head.name, head.is_foreign
                                  FROM head_plan JOIN head USING (repository, ref)
                                 WHERE head_plan.digest = :digest
                                 ORDER BY head.number, head.repository, head.ref\
                                """)
                        .bind("digest", digest.toString())
                        .map((row, _) ->
                                new Wanted.Head(
                                        row.getString("repository"),
                                        row.getString("ref"),
                                        row.getString("name"),
                                        row.getBoolean("is_foreign")))
                        .list();
        return new Wanted(byBranch, heads, authors(digest));
    }

    private SortedSet<String> authors(Digest digest) {
        return new TreeSet<>(
                handle.createQuery("SELECT author FROM plan_author WHERE digest = :digest")
                        .bind("digest", digest.toString())
                        .mapTo(String.class)
                        .list());
    }
}
