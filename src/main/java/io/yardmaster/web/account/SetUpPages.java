package io.yardmaster.web.account;

import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.security.Accounts;
import io.yardmaster.security.OneTimeCodes;
import io.yardmaster.security.OpenToAll;
import io.yardmaster.security.Purpose;
import io.yardmaster.security.SetUp;
import io.yardmaster.web.ClientAddress;
import io.yardmaster.web.Page;
import io.yardmaster.web.Redirect;
import io.yardmaster.web.View;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;

/** The form that makes the first account. */
@Path("set-up")
public final class SetUpPages {
    private static final String DEFAULT_NAME = "admin";

    private final Database database;
    private final SetUp setUp;

    public SetUpPages(Database database, SetUp setUp) {
        this.database = database;
        this.setUp = setUp;
    }

    @GET
    @OpenToAll
    public View form(@QueryParam("code") @DefaultValue("") String code) {
        if (database.inTransaction(Accounts::any)) {
            return Redirect.to("/sign-in").saying("set-up.done-already");
        }
        boolean good = database.inTransaction(transaction -> OneTimeCodes.isGood(transaction, Purpose.SET_UP, code));
        return page(code, DEFAULT_NAME).with("good", good);
    }

    @POST
    @OpenToAll
    public View complete(
            @FormParam("code") @DefaultValue("") String code,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("password") @DefaultValue("") String password,
            @Context ContainerRequestContext request) {
        try {
            setUp.complete(database, code, name.strip(), password, ClientAddress.of(request));
            return Redirect.to("/sign-in").saying("set-up.done", name.strip());
        } catch (Invalid refused) {
            return page(code, name).with("good", true).refused(refused);
        }
    }

    private static Page page(String code, String name) {
        return Page.of("account/set-up").with("code", code).with("name", name);
    }
}
