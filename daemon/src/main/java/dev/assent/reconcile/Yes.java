package dev.assent.reconcile;

import dev.assent.approval.Consent;
import dev.assent.approval.Speaker;

/// A person's yes to a plan, as it was said.
///
/// @param plan the plan's id or digest
/// @param consent what exactly is agreed to
public record Yes(String plan, Speaker speaker, Consent consent) {}
