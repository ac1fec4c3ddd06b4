package io.caravan.hub.config.catalogue;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** YAML files that connectors bring along in their jars. */
final class Entries {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private Entries() {}

    /**
     * @param folder {@code suppliers}: every {@code suppliers/*.yaml} on the class path
     * @throws IllegalStateException naming the file that cannot be read: a fault of the build, not of a person
     */
    static <T> List<T> all(String folder, Class<T> type) {
        List<T> all = new ArrayList<>();
        try {
            for (Resource file :
                    new PathMatchingResourcePatternResolver().getResources("classpath*:" + folder + "/*.yaml")) {
                try (InputStream in = file.getInputStream()) {
                    all.add(YAML.readValue(in, type));
                } catch (IOException e) {
                    throw new IllegalStateException(file + " cannot be read: " + e.getMessage(), e);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("the class path cannot be searched for " + folder, e);
        }
        return all;
    }
}
