/// What the words mean: the domain's nouns as values, valid once they exist. This page is the
/// glossary; the same word is used in code, SQL, JSON, command line and documents.
///
/// | word | meaning |
/// |---|---|
/// | application | a named app in one environment (`shop/production`); planned, locked, approved and applied as one: [ApplicationName] |
/// | engine | the kind of database: [Engine]; MySQL has variants: [Variant] |
/// | group | a named cluster of servers of one engine that belongs to an application: [GroupName] |
/// | server | one database server of a group; the first is its primary server, every other a replica |
/// | primary group | of all groups of one engine in an application, the one that root-level environment variables point to |
/// | manifest | the file that declares groups: the desired side, [Desired] |
/// | record | what exists as the system built or adopted it: the recorded side, [Recorded] |
/// | serial | counts the changes to an application's record |
/// | plan | the difference desired − recorded: changes and notices, never self-executing |
/// | assent | the explicit yes to one plan, bound to its digest |
/// | head | what is proposed beside a repository's branch: a pull request's, or another branch; *ahead* once something of it was applied before it is merged |
/// | policy | the server's own file that says who may say yes to what |
/// | person | somebody whom the policy knows, by logins, addresses and keys |
/// | letter | something that is to be told to others, in the outbox until it has arrived |
/// | provider | what really makes servers; what it can build is its [Catalogue] |
@NullMarked
package dev.assent.model;

import org.jspecify.annotations.NullMarked;
