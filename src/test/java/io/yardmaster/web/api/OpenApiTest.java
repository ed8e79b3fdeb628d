package io.yardmaster.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The description says what the routes are, neither more nor less. */
final class OpenApiTest {
    private static final String ROOT = "api/v1";
    private static final Map<Class<? extends Annotation>, String> METHODS =
            Map.of(GET.class, "get", PUT.class, "put", POST.class, "post", DELETE.class, "delete");

    private final JsonNode description = read();

    @Test
    void every_route_is_described_with_its_parameters_and_every_description_is_a_route() {
        assertThat(described()).containsExactlyEntriesOf(routes());
    }

    @Test
    void every_reference_leads_somewhere() {
        List<String> references = new ArrayList<>();
        collect(description, references);
        assertThat(references)
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                description.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void every_operation_has_its_own_id_and_says_what_can_come_back() {
        Set<String> ids = new HashSet<>();
        description
                .get("paths")
                .forEach(path -> path.forEach(operation -> {
                    assertThat(ids.add(operation.get("operationId").asText()))
                            .as(operation.get("operationId").asText())
                            .isTrue();
                    // a parameter that it does not know is refused by every address
                    assertThat(operation.get("responses").properties())
                            .as(operation.get("operationId").asText())
                            .extracting(Map.Entry::getKey)
                            .contains("400", "401");
                }));
        assertThat(ids).hasSizeGreaterThan(30);
        assertThat(description.get("openapi").asText()).startsWith("3.1");
    }

    private Map<String, Set<String>> described() {
        Map<String, Set<String>> found = new TreeMap<>();
        description
                .get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation ->
                                found.put(operation.getKey() + " " + path.getKey(), parameters(operation.getValue()))));
        return found;
    }

    private Set<String> parameters(JsonNode operation) {
        Set<String> names = new TreeSet<>();
        operation.path("parameters").forEach(reference -> {
            JsonNode parameter = description.at(reference.get("$ref").asText().substring(1));
            if (!parameter.get("in").asText().equals("header")) {
                names.add(parameter.get("in").asText() + " "
                        + parameter.get("name").asText());
            }
        });
        return names;
    }

    private static Map<String, Set<String>> routes() {
        Map<String, Set<String>> found = new TreeMap<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.yardmaster.web")) {
            if (type.isAnnotatedWith(Path.class)
                    && type.getAnnotationOfType(Path.class).value().startsWith(ROOT)) {
                addRoutes(type.reflect(), found);
            }
        }
        return found;
    }

    private static void addRoutes(Class<?> resource, Map<String, Set<String>> found) {
        for (Method method : resource.getMethods()) {
            METHODS.forEach((annotation, name) -> {
                if (method.isAnnotationPresent(annotation)) {
                    String path = resource.getAnnotation(Path.class).value().substring(ROOT.length());
                    Path below = method.getAnnotation(Path.class);
                    String full = below == null ? path : path + "/" + below.value();
                    found.put(name + " " + full.replaceAll(": [^}]*}", "}"), parameters(method));
                }
            });
        }
    }

    private static Set<String> parameters(Method method) {
        Set<String> names = new TreeSet<>();
        for (Parameter parameter : method.getParameters()) {
            collect(parameter, names);
            if (parameter.isAnnotationPresent(BeanParam.class)) {
                for (Field field : parameter.getType().getDeclaredFields()) {
                    collect(field, names);
                }
            }
        }
        return names;
    }

    private static void collect(AnnotatedElement part, Set<String> names) {
        if (part.isAnnotationPresent(PathParam.class)) {
            names.add("path " + part.getAnnotation(PathParam.class).value());
        } else if (part.isAnnotationPresent(QueryParam.class)) {
            names.add("query " + part.getAnnotation(QueryParam.class).value());
        }
    }

    private static void collect(JsonNode node, List<String> references) {
        if (node.has("$ref")) {
            references.add(node.get("$ref").asText());
        }
        node.forEach(child -> collect(child, references));
    }

    private static JsonNode read() {
        try {
            return new YAMLMapper().readTree(OpenApiTest.class.getResourceAsStream("/openapi.yaml"));
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
