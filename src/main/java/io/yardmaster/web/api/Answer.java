package io.yardmaster.web.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.yardmaster.web.Json;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/**
 * An answer that can be kept and given again.
 *
 * @param location path of what was made; null for none
 * @param body JSON
 */
record Answer(int status, String location, String body) {
    static Answer of(Created created) {
        try {
            return new Answer(201, created.location(), Json.mapper().writeValueAsString(created.body()));
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("an answer cannot be written", failure);
        }
    }

    Response response() {
        Response.ResponseBuilder response =
                Response.status(status).type(MediaType.APPLICATION_JSON).entity(body);
        return (location == null ? response : response.location(URI.create(location))).build();
    }
}
