/// Forges: where people discuss changes. GitHub, GitLab and Gitea/Forgejo behind one small
/// interface; none of them knows of another.
@NullMarked
package dev.assent.forge;

import org.jspecify.annotations.NullMarked;
