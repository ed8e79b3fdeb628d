package io.yardmaster.web;

import io.yardmaster.security.Caller;
import io.yardmaster.security.Permission;

/**
 * What templates ask before they show a button: {@code ${may.edit(job.namespace)}}. Only for show; the routes ask again.
 */
public final class May {
    private final Caller caller;

    May(Caller caller) {
        this.caller = caller;
    }

    public boolean operate(String namespace) {
        return caller != null && caller.may(Permission.OPERATE, namespace);
    }

    public boolean edit(String namespace) {
        return caller != null && caller.may(Permission.EDIT, namespace);
    }

    public boolean operateEverywhere() {
        return caller != null && caller.mayEverywhere(Permission.OPERATE);
    }

    public boolean editEverywhere() {
        return caller != null && caller.mayEverywhere(Permission.EDIT);
    }

    public boolean editAnywhere() {
        return caller != null && caller.mayAnywhere(Permission.EDIT);
    }

    public boolean administer() {
        return caller != null && caller.mayEverywhere(Permission.ADMINISTER);
    }
}
