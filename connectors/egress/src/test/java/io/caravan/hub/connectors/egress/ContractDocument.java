package io.caravan.hub.connectors.egress;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.oas.OpenApi30;
import com.networknt.schema.oas.OpenApi31;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An OpenAPI document by JSON pointers, with its references followed and its schemas at work. */
final class ContractDocument {

    private static final String ROOT = "urn:contract";

    private final JsonNode document;
    private final JsonSchemaFactory schemas;
    private final List<String> prefixes = new ArrayList<>(List.of(""));
    private final Map<String, Pattern> paths = new LinkedHashMap<>();

    ContractDocument(JsonNode document) {
        withoutDiscriminators(document);
        this.document = document;
        JsonMetaSchema dialect =
                document.path("openapi").asText().startsWith("3.0") ? OpenApi30.getInstance() : OpenApi31.getInstance();
        this.schemas = JsonSchemaFactory.getInstance(
                VersionFlag.V202012,
                builder -> builder.metaSchema(dialect)
                        .defaultMetaSchemaIri(dialect.getIri())
                        .schemaLoaders(loaders -> loaders.schemas(Map.of(ROOT, document.toString()))));
        for (JsonNode server : document.path("servers")) {
            String path = server.path("url").asText().replaceFirst("^https?://[^/]*", "");
            prefixes.add(path.replaceFirst("/$", ""));
        }
        document.path("paths").fieldNames().forEachRemaining(template -> paths.put(template, pattern(template)));
    }

    void under(String prefix) {
        prefixes.add(prefix);
    }

    JsonNode at(String pointer) {
        return document.at(pointer);
    }

    /** What is wrong with the value under the schema. */
    List<String> faults(String schemaPointer, JsonNode value) {
        return schemas.getSchema(SchemaLocation.of(ROOT + "#" + schemaPointer)).validate(value).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }

    /** Collects the names a schema knows; false when it leaves the door open on purpose or names nothing. */
    boolean closed(JsonNode schema, Set<String> named, int depth) {
        JsonNode real = dereferenced(schema);
        JsonNode more = real.path("additionalProperties");
        if (depth > 6 || more.isObject() || more.asBoolean(false)) {
            return false;
        }
        real.path("properties").fieldNames().forEachRemaining(named::add);
        boolean closed = true;
        for (String join : List.of("allOf", "oneOf", "anyOf")) {
            for (JsonNode part : real.path(join)) {
                closed &= closed(part, named, depth + 1);
            }
        }
        return closed && !named.isEmpty();
    }

    @Nullable
    String content(String holder, String contentType) {
        String plain = contentType.replaceFirst(";.*", "").trim().toLowerCase(Locale.ROOT);
        JsonNode content = document.at(holder + "/content");
        for (String type : List.of(plain, "*/*")) {
            if (content.has(type)) {
                return holder + "/content/" + pointer(type) + "/schema";
            }
        }
        return null;
    }

    @Nullable
    String template(String path) {
        for (String prefix : prefixes) {
            if (path.startsWith(prefix)) {
                String rest = path.substring(prefix.length());
                if (paths.containsKey(rest)) {
                    return rest;
                }
                for (Map.Entry<String, Pattern> one : paths.entrySet()) {
                    if (one.getValue().matcher(rest).matches()) {
                        return one.getKey();
                    }
                }
            }
        }
        return null;
    }

    JsonNode schemaAt(String pointer) {
        return dereferenced(document.at(pointer));
    }

    JsonNode dereferenced(JsonNode node) {
        JsonNode current = node;
        while (current.path("$ref").isTextual()) {
            current = document.at(current.path("$ref").asText().substring(1));
        }
        return current;
    }

    String resolved(String pointer) {
        JsonNode ref = document.at(pointer).path("$ref");
        return ref.isTextual() ? resolved(ref.asText().substring(1)) : pointer;
    }

    /** They only say where to look first; the validator takes one that has no mapping for a refusal. */
    private static void withoutDiscriminators(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("discriminator").path("propertyName").isTextual()) {
            object.remove("discriminator");
        }
        node.forEach(ContractDocument::withoutDiscriminators);
    }

    private static Pattern pattern(String template) {
        StringBuilder regex = new StringBuilder();
        for (String piece : template.split("(?=\\{)|(?<=})")) {
            regex.append(piece.startsWith("{") ? "[^/]+" : Pattern.quote(piece));
        }
        return Pattern.compile(regex.toString());
    }

    static String pointer(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
