package io.caravan.hub.config.settings;

import io.caravan.hub.config.events.Topics;
import io.caravan.hub.connectors.delivery.outbox.Subscriptions;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Reads what Spring's own binding cannot: {@code HUB_X_FILE} for every {@code HUB_X}, vendor names with dashes in
 * {@code HUB_VENDOR_<VENDOR>_BASE_URL}, and a few values that follow from others.
 */
public final class HubEnvironment implements EnvironmentPostProcessor, Ordered {

    private static final Bindable<Map<String, List<String>>> SUBSCRIBERS =
            Bindable.of(ResolvableType.forClassWithGenerics(
                    Map.class,
                    ResolvableType.forClass(String.class),
                    ResolvableType.forClassWithGenerics(List.class, String.class)));

    private static final Pattern VENDOR_URL = Pattern.compile("HUB_VENDOR_([A-Z0-9_]+)_BASE_URL");

    /** Before the configuration files are read, so that their placeholders see these values. */
    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + 5;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        Map<String, Object> read = translated(environment.getSystemEnvironment());
        environment
                .getPropertySources()
                .addAfter(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new MapPropertySource("hubEnvironment", read));
        environment.getPropertySources().addLast(new Derived(environment));
    }

    /**
     * @throws IllegalStateException naming the variable when both forms are set or the file cannot be read
     */
    static Map<String, Object> translated(Map<String, Object> environment) {
        Map<String, Object> all = new TreeMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith("HUB_") && name.endsWith("_FILE")) {
                String target = name.substring(0, name.length() - "_FILE".length());
                if (environment.containsKey(target)) {
                    throw new IllegalStateException("set either " + target + " or " + name + ", not both");
                }
                String text = contents(name, value.toString());
                all.put(target, text);
                all.put(target.toLowerCase(Locale.ROOT).replace('_', '.'), text);
            }
        });
        Map<String, Object> both = new TreeMap<>(environment);
        both.putAll(all);
        both.forEach((name, value) -> {
            Matcher vendor = VENDOR_URL.matcher(name);
            if (vendor.matches()) {
                all.put(
                        "hub.vendor." + vendor.group(1).toLowerCase(Locale.ROOT).replace('_', '-') + ".base-url",
                        value);
            }
        });
        return all;
    }

    private static String contents(String variable, String file) {
        try {
            return Files.readString(Path.of(file), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new IllegalStateException(variable + " names a file that cannot be read: " + file, e);
        }
    }

    /** Values that follow from others at the moment they are asked for. */
    private static final class Derived extends PropertySource<String> {

        /** Not the source itself: Spring would look into it for further sources, and find this one again. */
        private final ConfigurableEnvironment environment;

        Derived(ConfigurableEnvironment environment) {
            super("hubDerived", "derived");
            this.environment = environment;
        }

        @Override
        public @Nullable Object getProperty(String name) {
            return switch (name) {
                case "hub.data.path" -> absolute("hub.data.dir", "./data");
                case "hub.routes.path" -> absolute("hub.routes.dir", "./routes");
                case "hub.config.path" -> absolute("hub.config.dir", "./config/files");
                case "hub.routes.pattern" -> pattern();
                case "hub.db.clustered" ->
                    environment.getProperty("spring.datasource.url", "").startsWith("jdbc:postgresql");
                case "spring.threads.virtual.enabled" -> Runtime.version().feature() >= 21;
                case "logging.structured.format.console" ->
                    "json".equalsIgnoreCase(environment.getProperty("hub.log.format", "text")) ? "ecs" : null;
                case "hub.media.allow" -> strangersAllowed();
                case "hub.kafka.topics" -> topics();
                default -> null;
            };
        }

        /** The flows that are shipped, and those that an engineer adds without touching them; Camel refuses a folder that is not there. */
        private String pattern() {
            String shipped = "file:" + environment.getProperty("hub.routes.path") + "/**/*.camel.yaml";
            String own = environment.getProperty("hub.config.path") + "/routes";
            return Files.isDirectory(Path.of(own)) ? shipped + ",file:" + own + "/**/*.camel.yaml" : shipped;
        }

        /** Topics at the broker that somebody here subscribes to; none without the profile kafka. */
        private String topics() {
            if (!environment.getProperty("hub.kafka.enabled", Boolean.class, false)) {
                return "";
            }
            String prefix = environment.getProperty("hub.kafka.prefix", "hub.");
            Map<String, List<String>> subscribers = Binder.get(environment)
                    .bind("hub.delivery.subscribers", SUBSCRIBERS)
                    .orElseGet(Map::of);
            return new Subscriptions(subscribers, null)
                    .wanted().stream()
                            .map(topic -> Topics.record(prefix, topic))
                            .collect(Collectors.joining(","));
        }

        /** Outside production pictures may come from where the vendors are stood in for. */
        private @Nullable String strangersAllowed() {
            if (environment.matchesProfiles("prod")) {
                return null;
            }
            Set<String> hosts = new TreeSet<>();
            hosts.add(environment.getProperty("hub.sandbox.url", "http://127.0.0.1:8090"));
            environment.getPropertySources().stream()
                    .filter(EnumerablePropertySource.class::isInstance)
                    .flatMap(source -> Arrays.stream(((EnumerablePropertySource<?>) source).getPropertyNames()))
                    .filter(property -> property.startsWith("hub.vendor.") && property.endsWith(".base-url"))
                    .map(property -> environment.getProperty(property, ""))
                    .forEach(hosts::add);
            return hosts.stream()
                    .filter(url -> !url.isBlank())
                    .map(URI::create)
                    .filter(url -> url.getHost() != null && url.getPort() > 0)
                    .map(URI::getAuthority)
                    .collect(Collectors.joining(","));
        }

        private String absolute(String property, String otherwise) {
            return Path.of(environment.getProperty(property, otherwise))
                    .toAbsolutePath()
                    .normalize()
                    .toString()
                    .replace('\\', '/');
        }
    }
}
