package io.yardmaster.web.definition;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.yardmaster.database.Invalid;
import io.yardmaster.database.Said;
import io.yardmaster.web.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads text into trees within bounds. Of YAML it takes mappings, lists and scalars only: anchors, aliases and tags,
 * which can blow a small text up or name types, are refused, as are keys that come twice.
 */
final class TreeReader {
    static final int DEPTH_LIMIT = 20;
    private static final int NAME_LIMIT = 1000;
    private static final int TEXT_LIMIT = 4 << 20;
    private static final int TOKEN_LIMIT = 200_000;
    private static final StreamReadConstraints BOUNDS = StreamReadConstraints.builder()
            .maxNestingDepth(DEPTH_LIMIT)
            .maxNameLength(NAME_LIMIT)
            .maxStringLength(TEXT_LIMIT)
            .maxTokenCount(TOKEN_LIMIT)
            .build();
    private static final JsonFactory JSON =
            JsonFactory.builder().streamReadConstraints(BOUNDS).build();
    private static final YAMLFactory YAML =
            YAMLFactory.builder().streamReadConstraints(BOUNDS).build();

    private final JsonParser parser;

    private TreeReader(JsonParser parser) {
        this.parser = parser;
    }

    /** Every document of a YAML text; of a JSON text, every value. @throws Invalid with the place of the fault */
    static List<Tree> read(String text, Format format) {
        try (JsonParser parser = (format == Format.JSON ? JSON : YAML).createParser(text)) {
            return new TreeReader(parser).documents();
        } catch (StreamConstraintsException beyond) {
            throw new Invalid("document", null, "invalid.bounds", DEPTH_LIMIT, NAME_LIMIT, TEXT_LIMIT, TOKEN_LIMIT);
        } catch (JsonProcessingException fault) {
            throw refusal(format, fault.getLocation(), Json.fault(fault));
        } catch (IOException impossible) {
            throw new IllegalStateException("a text in memory cannot be read", impossible);
        }
    }

    private List<Tree> documents() throws IOException {
        List<Tree> found = new ArrayList<>();
        while (parser.nextToken() != null) {
            Tree tree = value();
            if (!(tree instanceof Tree.Leaf leaf) || leaf.text() != null) {
                found.add(tree);
            }
        }
        return found;
    }

    private Tree value() throws IOException {
        refuseReferences();
        Tree.Place place = place(parser.currentTokenLocation());
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return new Tree.Branch(fields(), place);
        }
        if (token == JsonToken.START_ARRAY) {
            return new Tree.Items(items(), place);
        }
        return new Tree.Leaf(token == JsonToken.VALUE_NULL ? null : parser.getText(), place);
    }

    private Map<String, Tree> fields() throws IOException {
        Map<String, Tree> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            refuseReferences();
            String name = parser.currentName();
            if (fields.containsKey(name)) {
                throw fault("invalid.field.twice", name);
            }
            parser.nextToken();
            fields.put(name, value());
        }
        return fields;
    }

    private List<Tree> items() throws IOException {
        List<Tree> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value());
        }
        return items;
    }

    private void refuseReferences() throws IOException {
        if (!(parser instanceof YAMLParser yaml)) {
            return;
        }
        if (yaml.isCurrentAlias() || yaml.getObjectId() != null) {
            throw fault("invalid.anchor");
        }
        if (yaml.getTypeId() != null) {
            throw fault("invalid.tag");
        }
    }

    private Invalid fault(String key, Object... arguments) {
        Said place = place(parser.currentTokenLocation()).said();
        return new Invalid("document", null, "invalid.at-place", place, Said.of(key, arguments));
    }

    private static Invalid refusal(Format format, JsonLocation where, String message) {
        return where == null
                ? new Invalid("document", null, "invalid.syntax", format, message)
                : new Invalid(
                        "document",
                        null,
                        "invalid.syntax.at",
                        format,
                        message,
                        place(where).said());
    }

    private static Tree.Place place(JsonLocation location) {
        return new Tree.Place(location.getLineNr(), location.getColumnNr());
    }
}
