package dev.assent.plan.render;

import dev.assent.manifest.Colour;
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

/// What a change does to what is there, in the signs that Terraform's users know.
enum Symbol {
    CREATE("+", "create", Colour.GREEN),
    CHANGE("~", "change", Colour.YELLOW),
    /// The group stays, with other data in it.
    REPLACE("±", "replace", Colour.RED),
    DESTROY("-", "destroy", Colour.RED);

    private final String sign;
    private final String meaning;
    private final Colour ink;

    Symbol(String sign, String meaning, Colour ink) {
        this.sign = sign;
        this.meaning = meaning;
        this.ink = ink;
    }

    static Symbol of(Change change) {
        return switch (change) {
            case CreateGroup _, AdoptGroup _, AddServer _ -> CREATE;
            case ChangeSetting _,
                    SetBackups _,
                    SetProtection _,
                    StopReplication _,
                    SetPrimary _,
                    PromoteServer _,
                    RotateCredentials _,
                    RepairServer _,
                    AcceptVersion _ ->
                    CHANGE;
            case StartReplication _, ResyncServer _ -> REPLACE;
            case RemoveServer _, RemoveGroup _, ReleaseGroup _ -> DESTROY;
        };
    }

    String sign() {
        return sign;
    }

    String meaning() {
        return meaning;
    }

    String painted(boolean colour) {
        return ink.paint(sign, colour);
    }
}
