package io.yardmaster.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import io.yardmaster.database.Text;
import java.io.IOException;

/** Refuses texts that no table holds, wherever in a request they stand. */
final class StorableText extends StdScalarDeserializer<String> {
    private static final long serialVersionUID = 1L;

    StorableText() {
        super(String.class);
    }

    /** That a text holds a NUL or half a character. */
    static final class Unstorable extends JsonMappingException {
        private static final long serialVersionUID = 1L;

        private Unstorable(JsonParser parser) {
            super(parser, "text that cannot be stored");
        }
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        String read = StringDeserializer.instance.deserialize(parser, context);
        if (read != null && !Text.isStorable(read)) {
            throw new Unstorable(parser);
        }
        return read;
    }
}
