package io.yardmaster.web.account;

import static io.yardmaster.security.ObjectRule.EVERYWHERE;
import static io.yardmaster.security.Permission.ADMINISTER;

import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Missing;
import io.yardmaster.security.Account;
import io.yardmaster.security.Accounts;
import io.yardmaster.security.Caller;
import io.yardmaster.security.HashedPassword;
import io.yardmaster.security.Requires;
import io.yardmaster.web.Page;
import io.yardmaster.web.Redirect;
import io.yardmaster.web.View;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.util.List;

/** The administration of accounts. */
@Path("accounts")
public final class AccountPages {
    private static final int PAGE_SIZE = 50;

    private final Database database;
    private final Accounts accounts;

    public AccountPages(Database database, Accounts accounts) {
        this.database = database;
        this.accounts = accounts;
    }

    @GET
    @Requires(value = ADMINISTER, on = EVERYWHERE)
    public Page list(@QueryParam("after") @DefaultValue("") String after) {
        List<Account> found = database.inTransaction(transaction -> Accounts.list(transaction, after, PAGE_SIZE + 1));
        boolean more = found.size() > PAGE_SIZE;
        List<Account> shown = more ? found.subList(0, PAGE_SIZE) : found;
        return Page.of("account/list")
                .with("accounts", shown)
                .with("next", more ? shown.get(PAGE_SIZE - 1).name() : null);
    }

    @GET
    @Path("new")
    @Requires(value = ADMINISTER, on = EVERYWHERE)
    public Page form() {
        return form(new AccountForm());
    }

    @POST
    @Requires(value = ADMINISTER, on = EVERYWHERE)
    public View add(@BeanParam AccountForm form, @Context Caller caller) {
        try {
            HashedPassword password = form.password() == null ? null : accounts.accept(form.name(), form.password());
            Account added = database.inTransaction(
                    transaction -> accounts.add(transaction, form.name(), password, form.roles(), caller.actor()));
            return Redirect.to("/accounts/" + added.name()).saying("account.added", added.name());
        } catch (Invalid refused) {
            return form(form).refused(refused);
        }
    }

    @GET
    @Path("{name}")
    @Requires(value = ADMINISTER, on = EVERYWHERE)
    public Page show(@PathParam("name") String name) {
        return shown(name);
    }

    @POST
    @Path("{name}/roles")
    @Requires(value = ADMINISTER, on = EVERYWHERE)
    public View setRoles(@PathParam("name") String name, @BeanParam AccountForm form, @Context Caller caller) {
        try {
            database.useTransaction(transaction -> accounts.setRoles(transaction, name, form.roles(), caller.actor()));
            return Redirect.to("/accounts/" + name).saying("account.roles-changed", name);
        } catch (Invalid refused) {
            return shown(name).refused(refused);
        }
    }

    @POST
    @Path("{name}/password")
    @Requires(value = ADMINISTER, on = EVERYWHERE)
    public View setPassword(
            @PathParam("name") String name, @FormParam("password") String password, @Context Caller caller) {
        try {
            HashedPassword hashed = accounts.accept(name, password);
            database.useTransaction(transaction -> accounts.setPassword(transaction, name, hashed, caller.actor()));
            return Redirect.to("/accounts/" + name).saying("account.password-changed", name);
        } catch (Invalid refused) {
            return shown(name).refused(refused);
        }
    }

    /** The question before {@link #disable}, for browsers without a script. */
    @GET
    @Path("{name}/disable")
    @Requires(value = ADMINISTER, on = EVERYWHERE)
    public Page askToDisable(@PathParam("name") String name) {
        return Page.of("account/disable").with("account", account(name));
    }

    @POST
    @Path("{name}/disable")
    @Requires(value = ADMINISTER, on = EVERYWHERE)
    public Redirect disable(@PathParam("name") String name, @Context Caller caller) {
        database.useTransaction(transaction -> accounts.setDisabled(transaction, name, true, caller.actor()));
        return Redirect.to("/accounts/" + name).saying("account.disabled", name);
    }

    @POST
    @Path("{name}/enable")
    @Requires(value = ADMINISTER, on = EVERYWHERE)
    public Redirect enable(@PathParam("name") String name, @Context Caller caller) {
        database.useTransaction(transaction -> accounts.setDisabled(transaction, name, false, caller.actor()));
        return Redirect.to("/accounts/" + name).saying("account.enabled", name);
    }

    private static Page form(AccountForm form) {
        return Page.of("account/form").with("form", form);
    }

    private Page shown(String name) {
        return Page.of("account/show").with("account", account(name));
    }

    private Account account(String name) {
        return database.inTransaction(transaction -> Accounts.find(transaction, name))
                .orElseThrow(() -> new Missing("account " + name));
    }
}
