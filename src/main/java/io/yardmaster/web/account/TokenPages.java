package io.yardmaster.web.account;

import static io.yardmaster.security.ObjectRule.SELF;
import static io.yardmaster.security.Permission.VIEW;

import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.security.Account;
import io.yardmaster.security.Accounts;
import io.yardmaster.security.ApiTokens;
import io.yardmaster.security.Caller;
import io.yardmaster.security.Requires;
import io.yardmaster.web.Page;
import io.yardmaster.web.Redirect;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import java.util.regex.Pattern;

/** An account's own API tokens. */
@Path("profile/tokens")
public final class TokenPages {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}");

    private final Database database;

    public TokenPages(Database database) {
        this.database = database;
    }

    @GET
    @Requires(value = VIEW, on = SELF)
    public Page list(@Context Caller caller) {
        return page(caller);
    }

    /** Shows the token in the answer itself, not after a redirect: it is kept nowhere. */
    @POST
    @Requires(value = VIEW, on = SELF)
    public Page issue(
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("days") @DefaultValue("") String days,
            @Context Caller caller) {
        try {
            Long life = life(days.strip());
            String token = database.inTransaction(
                    transaction -> ApiTokens.issue(transaction, account(caller), name.strip(), life, caller.actor()));
            return page(caller).with("token", token);
        } catch (Invalid refused) {
            return page(caller).with("name", name).with("days", days).refused(refused);
        }
    }

    @POST
    @Path("{id}/revoke")
    @Requires(value = VIEW, on = SELF)
    public Redirect revoke(@PathParam("id") long id, @Context Caller caller) {
        database.useTransaction(transaction -> ApiTokens.revoke(transaction, account(caller), id, caller.actor()));
        return Redirect.to("/profile/tokens").saying("token.revoked");
    }

    private Page page(Caller caller) {
        return Page.of("account/tokens")
                .with("tokens", database.inTransaction(transaction -> ApiTokens.of(transaction, caller.account())));
    }

    private Account account(Caller caller) {
        return database.inTransaction(transaction -> Accounts.find(transaction, caller.getName()))
                .orElseThrow();
    }

    /** Null for no end. */
    private static Long life(String days) {
        if (!days.isEmpty() && !NUMBER.matcher(days).matches()) {
            throw new Invalid("days", days, "invalid.token.days", ApiTokens.MOST_DAYS);
        }
        return days.isEmpty() ? null : Long.valueOf(days);
    }
}
