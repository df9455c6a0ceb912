package dev.assent.plan.render;

import dev.assent.manifest.Visible;
import dev.assent.plan.Change;
import dev.assent.plan.Change.AcceptVersion;
import dev.assent.plan.Change.AddServer;
import dev.assent.plan.Change.AdoptGroup;
import dev.assent.plan.Change.ChangeSetting;
import dev.assent.plan.Change.CreateGroup;
import dev.assent.plan.Change.PromoteServer;
import dev.assent.plan.Change.ReleaseGroup;
import dev.assent.plan.Change.RemoveGroup;
import dev.assent.plan.Change.RemoveServer;
import dev.assent.plan.Change.RepairServer;
import dev.assent.plan.Change.ResyncServer;
import dev.assent.plan.Change.RotateCredentials;
import dev.assent.plan.Change.SetBackups;
import dev.assent.plan.Change.SetPrimary;
import dev.assent.plan.Change.SetProtection;
import dev.assent.plan.Change.StartReplication;
import dev.assent.plan.Change.StopReplication;

/// A change in a few words: a verb, and what it is about.
public final class ChangeTitle {

    private ChangeTitle() {}

    /// One line of plain text, without control characters.
    public static String of(Change change) {
        return switch (change) {
            case CreateGroup it -> "create group " + it.group();
            case AdoptGroup it -> "adopt " + it.endpoint() + " as group " + it.group();
            case AddServer it -> "add server " + it.server().name() + " to " + it.group();
            case ChangeSetting it -> setting(it);
            case SetBackups it ->
                    it.to().isPresent()
                            ? "back up %s: %s"
                                    .formatted(it.group(), Visible.of(it.to().get().toString()))
                            : "back up %s no longer".formatted(it.group());
            case SetProtection it -> (it.isProtected() ? "protect " : "unprotect ") + it.group();
            case StopReplication it -> "stop %s following %s".formatted(it.group(), it.source());
            case StartReplication it -> "have %s follow %s".formatted(it.group(), it.source());
            case SetPrimary it ->
                    "make %s the primary group of %s".formatted(it.group(), it.group().engine());
            case PromoteServer it ->
                    "promote %s to primary server of %s".formatted(it.server(), it.group());
            case ResyncServer it -> "resync server %s of %s".formatted(it.server(), it.group());
            case RotateCredentials it -> "give %s new passwords".formatted(it.group());
            case RepairServer it ->
                    switch (it.repair()) {
                        case START -> "start server %s of %s".formatted(it.server(), it.group());
                        case CONFIGURE ->
                                "write the configuration of server %s of %s anew"
                                        .formatted(it.server(), it.group());
                    };
            case AcceptVersion it -> "record that %s has version %s".formatted(it.group(), it.to());
            case RemoveServer it -> "remove server " + it.server() + " from " + it.group();
            case RemoveGroup it -> "remove group " + it.group();
            case ReleaseGroup it -> "release group " + it.group();
        };
    }

    private static String setting(ChangeSetting change) {
        return "set %s of %s to %s"
                .formatted(
                        Visible.of(change.setting()),
                        change.server()
                                .map(it -> "server " + it + " of " + change.group())
                                .orElse(change.group().toString()),
                        Visible.of(change.to()));
    }
}
