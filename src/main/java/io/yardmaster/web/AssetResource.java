package io.yardmaster.web;

import io.yardmaster.security.OpenToAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

/** Serves {@link Assets}. */
@Path("assets")
public final class AssetResource {
    private final Assets assets;

    AssetResource(Assets assets) {
        this.assets = assets;
    }

    /** Whatever the version in the URL says, the answer is today's: an old page may still ask for yesterday's. */
    @GET
    @Path("{version}/{name}")
    @OpenToAll
    public Response asset(
            @PathParam("version") String version,
            @PathParam("name") String name,
            @HeaderParam("Accept-Encoding") String encodings) {
        Assets.Asset asset = assets.named(name);
        if (asset == null) {
            throw new NotFoundException("there is no asset " + name);
        }
        boolean current = asset.version().equals(version);
        Response.ResponseBuilder answer = Response.ok()
                .type(asset.type())
                .header("Vary", "Accept-Encoding")
                .header("Cache-Control", current ? "public, max-age=31536000, immutable" : "no-store");
        boolean zipped = encodings != null && encodings.contains("gzip");
        return zipped
                ? answer.header("Content-Encoding", "gzip")
                        .entity(asset.gzipped())
                        .build()
                : answer.entity(asset.plain()).build();
    }
}
