package io.caravan.hub.config.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.caravan.hub.config.settings.HubProperties;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * The files that a person edits without Java: YAML in snake_case, held to the record that they fill. A file that is not
 * in {@code hub.config.dir} is taken from the release. A fault stops the start and names file, line, field and reason.
 */
@Component
public class PersonFiles {

    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    /** Nulls are absent keys here: optional fields of a record stay null. */
    private static final ObjectMapper LENIENT =
            YAML.copy().disable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

    private final Path folder;

    public PersonFiles(HubProperties hub) {
        this.folder = hub.config().dir();
    }

    /** Where a person finds the file, for messages. */
    public Path path(String name) {
        return folder.resolve(name).normalize();
    }

    /**
     * @throws BadFile naming file, line, field and what is wrong
     */
    public <T> T read(String name, Class<T> type) {
        String text = text(name);
        try {
            return LENIENT.treeToValue(tree(name, text), type);
        } catch (JsonProcessingException e) {
            throw bad(name, text, e);
        }
    }

    /**
     * The file over what the connectors bring along: {@code connections.yaml} over every {@code connections/*.yaml} on the
     * class path, all of the same shape.
     *
     * @throws BadFile naming file, line, field and what is wrong
     */
    public <T> T readOverConnectors(String name, Class<T> type) {
        String text = text(name);
        try {
            return LENIENT.treeToValue(overConnectors(name, text), type);
        } catch (JsonProcessingException e) {
            throw bad(name, text, e);
        }
    }

    /** As {@link #readOverConnectors}, as YAML text for a reader of its own. */
    public String textOverConnectors(String name) {
        try {
            return YAML.writeValueAsString(overConnectors(name, text(name)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(name + " cannot be written", e);
        }
    }

    private JsonNode overConnectors(String name, String text) {
        JsonNode merged = YAML.createObjectNode();
        String brought = "classpath*:" + name.replaceFirst("\\.yaml$", "") + "/*.yaml";
        try {
            for (Resource resource : new PathMatchingResourcePatternResolver().getResources(brought)) {
                merged = merge(
                        merged,
                        tree(
                                String.valueOf(resource.getFilename()),
                                resource.getContentAsString(StandardCharsets.UTF_8)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the class path cannot be searched for " + brought, e);
        }
        return merge(merged, tree(name, text));
    }

    /**
     * The file over the defaults: absent keys keep them, lists are replaced as a whole. Parts come from files of their
     * own, each under one key.
     */
    public <T> T readOver(T defaults, String name, Part... parts) {
        return over(defaults, name, tree(name, text(name)), parts);
    }

    /** As {@link #readOver}, for a file of which some sections fill another record: those named like its components. */
    public <T> T readOverBeside(Object others, T defaults, String name, Part... parts) {
        JsonNode file = tree(name, text(name)).deepCopy();
        if (file instanceof ObjectNode sections) {
            YAML.valueToTree(others).fieldNames().forEachRemaining(sections::remove);
        }
        return over(defaults, name, file, parts);
    }

    /** The sections of a file that are named like the record's components; absent ones keep the defaults. */
    public <T> T readSections(T defaults, String name) {
        JsonNode file = tree(name, text(name));
        ObjectNode sections = YAML.createObjectNode();
        YAML.valueToTree(defaults).fieldNames().forEachRemaining(section -> {
            if (file.has(section)) {
                sections.set(section, file.get(section));
            }
        });
        return over(defaults, name, sections);
    }

    private <T> T over(T defaults, String name, JsonNode file, Part... parts) {
        String text = text(name);
        ObjectNode merged = YAML.valueToTree(defaults);
        for (Part part : parts) {
            merged.set(part.key(), merge(merged.path(part.key()), tree(part.file(), text(part.file()))));
        }
        try {
            @SuppressWarnings("unchecked")
            Class<T> type = (Class<T>) defaults.getClass();
            return YAML.treeToValue(merge(merged, file), type);
        } catch (JsonProcessingException e) {
            throw bad(name, text, e);
        }
    }

    /** A file whose content stands under {@code key} of another. */
    public record Part(String key, String file) {}

    /** The whole text, for prompts and schemas. */
    public String text(String name) {
        Path file = folder.resolve(name);
        try {
            if (Files.exists(file)) {
                return Files.readString(file, StandardCharsets.UTF_8);
            }
            try (InputStream shipped = PersonFiles.class.getResourceAsStream("/hub-files/" + name)) {
                if (shipped == null) {
                    throw new BadFile(file + ": there is no such file");
                }
                return new String(shipped.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    private JsonNode tree(String name, String text) {
        try {
            JsonNode tree = YAML.readTree(text);
            return tree == null || tree.isMissingNode() || tree.isNull() ? YAML.createObjectNode() : tree;
        } catch (JsonProcessingException e) {
            throw bad(name, text, e);
        }
    }

    private static JsonNode merge(JsonNode base, JsonNode over) {
        if (!base.isObject() || !over.isObject()) {
            return over;
        }
        ObjectNode merged = base.deepCopy();
        over.properties()
                .forEach(field -> merged.set(field.getKey(), merge(merged.path(field.getKey()), field.getValue())));
        return merged;
    }

    private BadFile bad(String name, String text, JsonProcessingException failure) {
        List<JsonMappingException.Reference> path =
                failure instanceof JsonMappingException mapping ? mapping.getPath() : List.of();
        StringBuilder field = new StringBuilder();
        for (JsonMappingException.Reference step : path) {
            field.append(step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName());
        }
        int line = path.isEmpty() && failure.getLocation() != null
                ? failure.getLocation().getLineNr()
                : YamlLines.lineOf(text, path);
        return new BadFile(path(name)
                + (line > 0 ? ", line " + line : "")
                + (field.isEmpty() ? "" : ", " + (field.charAt(0) == '.' ? field.substring(1) : field))
                + ": " + reason(failure));
    }

    private static String reason(JsonProcessingException failure) {
        if (failure instanceof UnrecognizedPropertyException unknown) {
            return "is not known here; known are " + unknown.getKnownPropertyIds();
        }
        Throwable cause = failure.getCause();
        if (cause instanceof IllegalArgumentException || cause instanceof NullPointerException) {
            return String.valueOf(cause.getMessage());
        }
        String first =
                String.valueOf(failure.getOriginalMessage()).lines().findFirst().orElse("cannot be read");
        return failure instanceof MismatchedInputException wrong && wrong.getTargetType() != null
                ? "has the wrong type, wanted is " + wrong.getTargetType().getSimpleName()
                        + (secret(wrong) ? "" : " (" + first + ")")
                : first;
    }

    /** Jackson repeats the value, which may be a credential that somebody wrote where its variable's name belongs. */
    private static boolean secret(JsonMappingException failure) {
        return failure.getPath().stream().anyMatch(step -> "secrets".equals(step.getFieldName()));
    }
}
