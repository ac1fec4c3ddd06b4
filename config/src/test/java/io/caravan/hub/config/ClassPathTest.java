package io.caravan.hub.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which parts of Camel are there: one that is not there needs no control (docs/advisories.md). */
class ClassPathTest {

    /** Parts with advisories that no 4.17 will mend, or that open a way in of their own. */
    private static final Set<String> NEVER = Set.of(
            "camel-oauth",
            "camel-keycloak",
            "camel-jms",
            "camel-sjms",
            "camel-sjms2",
            "camel-amqp",
            "camel-activemq",
            "camel-netty-http",
            "camel-undertow",
            "camel-platform-http-main",
            "camel-platform-http-vertx",
            "camel-mail",
            "camel-langchain4j-tools",
            "camel-aws2-sqs",
            "camel-sql",
            "camel-leveldb",
            "camel-infinispan",
            "camel-hazelcast",
            "camel-cassandraql",
            "camel-exec",
            "camel-ssh",
            "camel-groovy",
            "camel-mvel",
            "camel-ognl",
            "camel-velocity",
            "camel-freemarker",
            "camel-shiro");

    /** Each has been looked at: what it does by default, and which rule, check or test holds it. */
    private static final Set<String> LOOKED_AT = Set.of(
            // the engine
            "camel-api camel-attachments camel-base camel-base-engine camel-cloud camel-cluster camel-core-engine"
                    + " camel-core-languages camel-core-model camel-core-processor camel-core-reifier camel-core-xml"
                    + " camel-dsl-support camel-health camel-main camel-management camel-management-api camel-support"
                    + " camel-util camel-xml-io camel-xml-io-dsl camel-xml-io-util camel-xml-jaxb camel-xml-jaxp"
                    + " camel-xml-jaxp-util camel-yaml-dsl camel-yaml-dsl-common camel-yaml-dsl-deserializers"
                    + " camel-spring camel-spring-main camel-spring-xml camel-console",
            // what measures
            "camel-micrometer camel-micrometer-prometheus camel-observability-services camel-opentelemetry2"
                    + " camel-resilience4j camel-resilience4j-micrometer camel-telemetry",
            // what flows use
            "camel-bean camel-direct camel-file camel-http camel-http-base camel-http-common camel-jackson camel-jq"
                    + " camel-json-validator camel-kafka camel-kamelet camel-log camel-openapi-validator"
                    + " camel-platform-http camel-quartz camel-rest camel-rest-openapi",
            // brought along; rules for routes refuse those that lose, run or hide something
            "camel-browse camel-controlbus camel-dataformat camel-dataset camel-language camel-mock camel-ref"
                    + " camel-saga camel-scheduler camel-seda camel-stub camel-timer camel-validator camel-xpath"
                    + " camel-xslt",
            // tests
            "camel-test-junit5 camel-test-spring-junit5");

    private static final List<String> LISTS =
            List.of("component.properties", "other.properties", "dataformat.properties", "language.properties");

    @Test
    void shouldHoldNoPartOfCamelThatNobodyHasLookedAt() throws IOException {
        Set<String> known = new TreeSet<>();
        LOOKED_AT.forEach(some -> known.addAll(List.of(some.split(" "))));
        assertThat(known).doesNotContainAnyElementsOf(NEVER);
        assertThat(known).containsAll(parts());
    }

    @Test
    void shouldHoldNothingThatCarriesAnAdvisoryWithoutAControl() throws IOException {
        assertThat(parts()).contains("camel-http", "camel-jackson").doesNotContainAnyElementsOf(NEVER);
    }

    /** Artifacts, as each says of itself in its jar. */
    private static Set<String> parts() throws IOException {
        Set<String> parts = new TreeSet<>();
        for (String list : LISTS) {
            for (URL file : Collections.list(
                    ClassPathTest.class.getClassLoader().getResources("META-INF/services/org/apache/camel/" + list))) {
                parts.add(artifact(file));
            }
        }
        // delivery's own components say so too
        parts.removeIf(part -> !part.startsWith("camel-"));
        return parts;
    }

    private static String artifact(URL file) {
        try (InputStream in = file.openStream()) {
            Properties about = new Properties();
            about.load(in);
            return about.getProperty("artifactId", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
