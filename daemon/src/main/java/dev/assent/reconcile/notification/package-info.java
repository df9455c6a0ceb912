/// Notifications: what the audit trail has to tell, and how it gets to people by webhook, Slack and
/// e-mail.
@NullMarked
package dev.assent.reconcile.notification;

import org.jspecify.annotations.NullMarked;
