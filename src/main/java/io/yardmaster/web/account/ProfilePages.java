package io.yardmaster.web.account;

import static io.yardmaster.security.ObjectRule.SELF;
import static io.yardmaster.security.Permission.VIEW;

import io.yardmaster.database.Database;
import io.yardmaster.database.Invalid;
import io.yardmaster.security.Account;
import io.yardmaster.security.Accounts;
import io.yardmaster.security.Caller;
import io.yardmaster.security.HashedPassword;
import io.yardmaster.security.Preferences;
import io.yardmaster.security.Requires;
import io.yardmaster.security.SignIn;
import io.yardmaster.security.TooManyGuesses;
import io.yardmaster.security.WebSessions;
import io.yardmaster.web.Page;
import io.yardmaster.web.Redirect;
import io.yardmaster.web.SessionCookie;
import io.yardmaster.web.View;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.ZoneId;
import java.util.Set;
import java.util.TreeSet;

/** What an account sets for itself. */
@Path("profile")
public final class ProfilePages {
    private static final Set<String> LANGUAGES = Set.of("en", "zh-CN");
    private static final Set<String> THEMES = Set.of("auto", "light", "dark");

    private final Database database;
    private final Accounts accounts;
    private final SignIn signIn;

    public ProfilePages(Database database, Accounts accounts, SignIn signIn) {
        this.database = database;
        this.accounts = accounts;
        this.signIn = signIn;
    }

    @GET
    @Requires(value = VIEW, on = SELF)
    public Page show(@Context Caller caller) {
        Account account = account(caller);
        return page(account, account.preferences());
    }

    @POST
    @Requires(value = VIEW, on = SELF)
    public View setPreferences(
            @FormParam("zone") @DefaultValue("") String zone,
            @FormParam("language") @DefaultValue("") String language,
            @FormParam("theme") @DefaultValue("auto") String theme,
            @Context Caller caller) {
        Preferences wanted =
                new Preferences(zone.isBlank() ? null : zone.strip(), language.isEmpty() ? null : language, theme);
        try {
            check(wanted);
        } catch (Invalid refused) {
            return page(account(caller), wanted).refused(refused);
        }
        database.useTransaction(transaction -> Accounts.setPreferences(transaction, caller.account(), wanted));
        return Redirect.to("/profile").saying("profile.saved");
    }

    /** All sessions of the account end; this browser gets a new one. */
    @POST
    @Path("password")
    @Requires(value = VIEW, on = SELF)
    public Response setPassword(
            @FormParam("current") @DefaultValue("") String current,
            @FormParam("password") @DefaultValue("") String password,
            @Context Caller caller,
            @Context ContainerRequestContext request) {
        Account account = account(caller);
        try {
            if (!signIn.confirm(account, current, BrowserCookie.of(request))) {
                throw new Invalid("current", null, "invalid.password.current");
            }
            HashedPassword hashed = accounts.accept(account.name(), password);
            String secret = database.inTransaction(transaction -> {
                accounts.setPassword(transaction, account.name(), hashed, caller.actor());
                return WebSessions.open(transaction, account.id());
            });
            return Response.ok(Redirect.to("/profile").saying("profile.password-changed"))
                    .cookie(SessionCookie.with(
                            secret, request.getSecurityContext().isSecure()))
                    .build();
        } catch (TooManyGuesses early) {
            return refused(account, new Invalid("current", null, "invalid.guesses", early.seconds()));
        } catch (Invalid refused) {
            return refused(account, refused);
        }
    }

    private Response refused(Account account, Invalid because) {
        return Response.ok(page(account, account.preferences()).refused(because))
                .build();
    }

    private Account account(Caller caller) {
        return database.inTransaction(transaction -> Accounts.find(transaction, caller.getName()))
                .orElseThrow();
    }

    private static Page page(Account account, Preferences preferences) {
        return Page.of("account/profile")
                .with("account", account)
                .with("preferences", preferences)
                .with("zones", new TreeSet<>(ZoneId.getAvailableZoneIds()));
    }

    private static void check(Preferences wanted) {
        boolean zone = wanted.zone() == null || ZoneId.getAvailableZoneIds().contains(wanted.zone());
        new Invalid.Problems()
                .check(zone, "zone", wanted.zone(), "invalid.zone")
                .check(
                        wanted.language() == null || LANGUAGES.contains(wanted.language()),
                        "language",
                        wanted.language(),
                        "invalid.choice",
                        "en, zh-CN")
                .check(THEMES.contains(wanted.theme()), "theme", wanted.theme(), "invalid.choice", "auto, light, dark")
                .throwIfAny();
    }
}
