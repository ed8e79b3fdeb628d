package io.yardmaster.web.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.yardmaster.database.Database;
import io.yardmaster.database.Missing;
import io.yardmaster.database.Transaction;
import io.yardmaster.security.Account;
import io.yardmaster.security.Accounts;
import io.yardmaster.security.ApiToken;
import io.yardmaster.security.ApiTokens;
import io.yardmaster.security.Caller;
import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import io.yardmaster.web.api.Ids;
import io.yardmaster.web.api.PageAnswer;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;

/** The caller's own bearer tokens. */
@Path("api/v1/accounts/tokens")
@Produces(MediaType.APPLICATION_JSON)
public final class TokensResource {
    private final Database database;

    public TokensResource(Database database) {
        this.database = database;
    }

    /** @param days after which it works no more; null for never */
    public record TokenRequest(String name, Long days) {}

    /** @param token the secret, told this once */
    public record TokenAnswer(String name, String token) {}

    /** A token without its secret, which nobody knows any more. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TokenLine(
            String id, String name, Instant createdAt, Instant expiresAt, Instant lastUsedAt, Instant revokedAt) {
        static TokenLine of(ApiToken token) {
            return new TokenLine(
                    Ids.written(token.id()),
                    token.name(),
                    token.createdAt(),
                    token.expiresAt(),
                    token.lastUsedAt(),
                    token.revokedAt());
        }
    }

    @GET
    @Requires(value = Permission.VIEW, on = ObjectRule.SELF)
    public PageAnswer<TokenLine> list(@Context Caller caller) {
        return database.inTransaction(transaction -> new PageAnswer<>(
                ApiTokens.of(transaction, caller.account()).stream()
                        .map(TokenLine::of)
                        .toList(),
                null));
    }

    /** Takes no Idempotency-Key: an answer that holds a secret is not kept. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(value = Permission.VIEW, on = ObjectRule.SELF)
    public Response create(@Context Caller caller, TokenRequest request) {
        String token = database.inTransaction(transaction -> ApiTokens.issue(
                transaction, account(transaction, caller), request.name(), request.days(), caller.actor()));
        return Response.status(Response.Status.CREATED)
                .entity(new TokenAnswer(request.name(), token))
                .build();
    }

    @DELETE
    @Path("{id}")
    @Requires(value = Permission.VIEW, on = ObjectRule.SELF)
    public void revoke(@PathParam("id") String id, @Context Caller caller) {
        long token = Ids.read("token", id);
        database.useTransaction(
                transaction -> ApiTokens.revoke(transaction, account(transaction, caller), token, caller.actor()));
    }

    private static Account account(Transaction transaction, Caller caller) {
        return Accounts.find(transaction, caller.getName()).orElseThrow(() -> new Missing("account of yours"));
    }
}
