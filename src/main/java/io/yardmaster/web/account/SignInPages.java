package io.yardmaster.web.account;

import static io.yardmaster.security.ObjectRule.SELF;
import static io.yardmaster.security.Permission.VIEW;

import io.yardmaster.database.Database;
import io.yardmaster.security.Accounts;
import io.yardmaster.security.OpenToAll;
import io.yardmaster.security.Requires;
import io.yardmaster.security.SignIn;
import io.yardmaster.security.TooManyGuesses;
import io.yardmaster.security.WebSessions;
import io.yardmaster.web.Page;
import io.yardmaster.web.Redirect;
import io.yardmaster.web.SessionCookie;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** In and out. */
@Path("")
public final class SignInPages {
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY = 429;

    private final Database database;
    private final SignIn signIn;

    public SignInPages(Database database, SignIn signIn) {
        this.database = database;
        this.signIn = signIn;
    }

    @GET
    @Path("sign-in")
    @OpenToAll
    public Page form(@QueryParam("next") @DefaultValue("/") String next) {
        boolean ready = database.inTransaction(Accounts::any);
        return Page.of("account/sign-in").with("next", next).with("ready", ready);
    }

    @POST
    @Path("sign-in")
    @OpenToAll
    public Response signIn(
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("password") @DefaultValue("") String password,
            @FormParam("next") @DefaultValue("/") String next,
            @Context ContainerRequestContext request) {
        try {
            Optional<SignIn.Opened> opened = signIn.attempt(name.strip(), password, BrowserCookie.of(request));
            return opened.map(session -> welcome(session, next, request))
                    .orElseGet(() -> again(name, next, UNAUTHORIZED, 0));
        } catch (TooManyGuesses early) {
            return again(name, next, TOO_MANY, early.seconds());
        }
    }

    @POST
    @Path("sign-out")
    @Requires(value = VIEW, on = SELF)
    public Response signOut(@Context ContainerRequestContext request) {
        String secret = SessionCookie.of(request);
        if (secret != null) {
            database.useTransaction(transaction -> WebSessions.end(transaction, secret));
        }
        boolean secure = request.getSecurityContext().isSecure();
        return Response.ok(Redirect.to("/sign-in").saying("sign-in.signed-out"))
                .cookie(SessionCookie.none(secure))
                .build();
    }

    private static Response welcome(SignIn.Opened session, String next, ContainerRequestContext request) {
        boolean secure = request.getSecurityContext().isSecure();
        return Response.ok(Redirect.to(Redirect.isPath(next) ? next : "/"))
                .cookie(SessionCookie.with(session.secret(), secure), BrowserCookie.with(session.browser(), secure))
                .build();
    }

    private static Response again(String name, String next, int status, long seconds) {
        Page page = Page.of("account/sign-in")
                .with("ready", true)
                .with("next", next)
                .with("name", name)
                .with("refused", status == UNAUTHORIZED)
                .with("seconds", seconds)
                .status(status);
        Response.ResponseBuilder answer = Response.status(status).entity(page);
        return seconds > 0 ? answer.header("Retry-After", seconds).build() : answer.build();
    }
}
