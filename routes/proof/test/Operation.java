package io.caravan.hub.routes.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.caravan.hub.connectors.delivery.effect.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * One operation at a vendor, as its file of traits says: found, never listed by hand.
 *
 * @param effect {@code <vendor>.<operation>}
 * @param lookup whether a doubt can be looked up
 * @param own whether a person described it in a file, instead of a connector in Kamelets
 */
record Operation(String effect, Shape shape, boolean lookup, boolean own) {

    private static final YAMLMapper YAML = new YAMLMapper();

    String vendor() {
        return effect.substring(0, effect.indexOf('.'));
    }

    /** The work type of its cells. */
    String type() {
        return "proof." + effect.replace('.', '-');
    }

    /** The work type of its withdrawals. */
    String backType() {
        return type() + "-back";
    }

    /** All on the class path, and those of the example of an own route, whose folder is given. */
    static List<Operation> found(Path example) {
        try (Stream<Path> files = Files.list(example.resolve("effects"))) {
            List<Operation> all = new ArrayList<>();
            PathMatchingResourcePatternResolver paths = new PathMatchingResourcePatternResolver();
            for (Resource file : paths.getResources("classpath*:effects/*.yaml")) {
                try (InputStream yaml = file.getInputStream()) {
                    all.add(of(YAML.readTree(yaml), paths));
                }
            }
            for (Path file : files.toList()) {
                all.add(of(YAML.readTree(Files.readString(file)), paths));
            }
            all.sort(Comparator.comparing(Operation::effect));
            return all;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Operation of(JsonNode traits, PathMatchingResourcePatternResolver paths) {
        String effect = traits.path("effect").asText();
        boolean own = traits.has("through");
        String kamelet = "classpath:kamelets/" + effect.replace('.', '-') + "-lookup-action.kamelet.yaml";
        return new Operation(
                effect,
                Shape.valueOf(traits.path("shape").asText().toUpperCase(Locale.ROOT)),
                own
                        ? traits.path("steps").has("lookup")
                        : paths.getResource(kamelet).exists(),
                own);
    }
}
