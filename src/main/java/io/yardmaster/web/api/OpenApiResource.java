package io.yardmaster.web.api;

import io.yardmaster.security.ObjectRule;
import io.yardmaster.security.Permission;
import io.yardmaster.security.Requires;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The description of the API. */
@Path("api/v1/openapi.yaml")
public final class OpenApiResource {
    private final String description;

    public OpenApiResource() {
        try (InputStream file = OpenApiResource.class.getResourceAsStream("/openapi.yaml")) {
            description = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @GET
    @Produces("application/yaml")
    @Requires(value = Permission.VIEW, on = ObjectRule.SELF)
    public String get() {
        return description;
    }
}
