package io.caravan.hub.config.start;

import io.caravan.hub.config.files.HubFiles;
import io.caravan.hub.config.files.PersonFiles;
import io.caravan.hub.model.AccountId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.apache.camel.support.RouteWatcherReloadStrategy;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Profiles;

/** What is fine on a laptop and not where money moves. */
final class ProductionChecks {

    /** A random key of 24 characters has about 20 different ones, one of 32 bytes about 30. */
    private static final int FEWEST_DIFFERENT = 10;

    static final List<Check> CHECKS = List.of(
            Check.inProduction("connections are live", ProductionChecks::sandboxes),
            Check.inProduction(
                    "connections have their secrets",
                    live -> new HubFiles(new PersonFiles(live.hub()))
                            .connectionFaults(new AccountId(live.hub().admin().account()), live.environment())),
            Check.inProduction("webhooks have their secrets", ProductionChecks::webhooks),
            Check.inProduction(
                    "master key given",
                    live -> !given(live.hub().master().key()),
                    "HUB_MASTER_KEY is not set: a key in a file beside the database protects nothing"),
            Check.inProduction(
                    "master key random",
                    live -> given(live.hub().master().key())
                            && different(decoded(live.hub().master().key())) < FEWEST_DIFFERENT,
                    "HUB_MASTER_KEY can be guessed: make one with openssl rand -base64 32"),
            Check.inProduction(
                    "admin key random",
                    live -> given(live.hub().admin().key())
                            && different(bytes(live.hub().admin().key())) < FEWEST_DIFFERENT,
                    "HUB_ADMIN_KEY can be guessed: leave it away to have one made"),
            Check.inProduction(
                    "kafka is given",
                    live -> live.isSet("hub.kafka.enabled")
                            && live.environment()
                                    .getProperty("hub.kafka.brokers", "")
                                    .isBlank(),
                    "HUB_KAFKA_BROKERS is not set: the profile kafka would look for a broker on this machine"),
            Check.inProduction("kafka is encrypted", ProductionChecks::plainBroker),
            Check.inProduction(
                    "no reload of routes",
                    live -> live.isSet("camel.main.routes-reload-enabled")
                            || live.camel().hasService(RouteWatcherReloadStrategy.class) != null,
                    "camel.main.routes-reload-enabled is on: reload removes routes while they work"),
            Check.inProduction(
                    "not for development",
                    live -> live.environment().acceptsProfiles(Profiles.of("dev | demo")),
                    "the profiles dev and prod exclude each other"),
            Check.inProduction(
                    "the routes folder is there",
                    live -> !Files.isDirectory(live.hub().routes().dir()),
                    "the routes folder is not there: set HUB_ROUTES_DIR"),
            Check.inProduction(
                    "bodies are not traced",
                    live -> live.camel().isTracing()
                            || live.camel().isBacklogTracing()
                            || live.camel().isDebugging()
                            || Boolean.TRUE.equals(live.camel().isDevConsole()),
                    "Camel's tracer, debugger or developer console is on: customers' data stands in logs and in JMX;"
                            + " leave camel.main.tracing, backlog-tracing, debugging and dev-console away"));

    private ProductionChecks() {}

    private static List<String> sandboxes(Live live) {
        String mode = live.mode().get();
        return mode.equals("live") || live.isSet("hub.prod.allow-sandbox")
                ? List.of()
                : List.of("connections are in mode " + mode
                        + ": set HUB_<VENDOR>_MODE=live with its credentials or =off, or HUB_PROD_ALLOW_SANDBOX=true");
    }

    private static List<String> webhooks(Live live) {
        List<String> without = Arrays.asList(
                live.environment().getProperty("hub.prod.without-webhooks", "").split("\\s*,\\s*"));
        AccountId operator = new AccountId(live.hub().admin().account());
        return new HubFiles(new PersonFiles(live.hub()))
                .refusedWebhooks(operator, live.environment()).stream()
                        .filter(refused -> !without.contains(refused.replaceFirst(":.*", "")))
                        .map(refused -> refused + ", so that each of its events is refused: set it,"
                                + " or name the vendor in HUB_PROD_WITHOUT_WEBHOOKS")
                        .toList();
    }

    /** By the setting, for {@code ./hub doctor}, and by the live endpoints, an engineer's own too. */
    private static List<String> plainBroker(Live live) {
        if (live.isSet("hub.prod.allow-plain-kafka")) {
            return List.of();
        }
        boolean plain = live.isSet("hub.kafka.enabled")
                && live.environment()
                        .getProperty("hub.kafka.security", "PLAINTEXT")
                        .endsWith("PLAINTEXT");
        return plain || RouteChecks.hasPlainBroker(live.camel())
                ? List.of("events and passwords go to Kafka in the clear: set HUB_KAFKA_SECURITY=SASL_SSL (or SSL),"
                        + " or HUB_PROD_ALLOW_PLAIN_KAFKA=true in a network that nobody else is in")
                : List.of();
    }

    private static boolean given(@Nullable String text) {
        return text != null && !text.isBlank();
    }

    private static long different(byte[] key) {
        return new String(key, StandardCharsets.ISO_8859_1).chars().distinct().count();
    }

    private static byte[] bytes(@Nullable String key) {
        return String.valueOf(key).strip().getBytes(StandardCharsets.UTF_8);
    }

    /** No Base64 is refused elsewhere, with its own words. */
    private static byte[] decoded(@Nullable String key) {
        try {
            return Base64.getDecoder().decode(String.valueOf(key).strip());
        } catch (IllegalArgumentException e) {
            return bytes(key);
        }
    }
}
