package io.yardmaster.web.definition;

import io.yardmaster.database.Invalid;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Documents as bodies of requests and answers. */
public final class Bodies {
    public static final String YAML = "application/yaml";

    private Bodies() {}

    /** @param type of the body: JSON if it says so, else YAML */
    public static List<Document> readAll(byte[] body, MediaType type) {
        return DocumentReader.readAll(text(body), format(type));
    }

    /** As {@link #readAll}, and it must be one. */
    public static Document read(byte[] body, MediaType type) {
        return DocumentReader.read(text(body), format(type));
    }

    /** The body's type; null if it was not said. */
    public static MediaType type(HttpServletRequest request) {
        return request.getContentType() == null ? null : MediaType.valueOf(request.getContentType());
    }

    /** 201 for what was made, else 200. */
    public static Response answer(Applied applied) {
        return Response.status(applied.change() == Applied.Change.CREATED ? 201 : 200)
                .type(MediaType.APPLICATION_JSON)
                .tag(applied.etag())
                .entity(applied)
                .build();
    }

    /** A document as YAML. */
    public static Response yaml(Document document, String etag) {
        return Response.ok(DocumentWriter.yaml(List.of(document))).tag(etag).build();
    }

    private static Format format(MediaType type) {
        return type != null && type.getSubtype().endsWith("json") ? Format.JSON : Format.YAML;
    }

    static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw new Invalid("document", null, "invalid.utf8");
        }
    }
}
