package io.caravan.hub.proof.fuzz;

import io.caravan.hub.connectors.delivery.db.Json;
import io.caravan.hub.connectors.sendgrid.MailReceipts;
import io.caravan.hub.enrich.price.ExchangeRates;
import io.caravan.hub.enrich.product.ImportPricer;
import io.caravan.hub.enrich.product.ImportPricing;
import io.caravan.hub.enrich.product.ImportRules;
import io.caravan.hub.enrich.product.ProductAssembler;
import io.caravan.hub.enrich.product.ProductNormaliser;
import io.caravan.hub.enrich.trend.TrendCycle;
import io.caravan.hub.enrich.trend.TrendRules;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Causes;
import io.caravan.hub.model.Names;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.image.StoredObject;
import io.caravan.hub.model.port.ObjectStore;
import io.caravan.hub.model.product.ProductDraft;
import io.caravan.hub.model.supplier.SupplierProduct;
import io.caravan.hub.model.trend.SignalBatch;
import io.caravan.hub.proof.fuzz.Target.Form;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.DelayDefinition;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.yaml.snakeyaml.Yaml;

/**
 * Every Kamelet that there is, called as the engine and the routes call it, with a vendor that answers anything. What comes of it goes
 * where the flows send it: products are normalised and priced, signals scored, objects written down.
 */
final class KameletTargets {

    private static final List<Class<? extends Throwable>> DECLARED =
            List.of(VendorException.class, IllegalArgumentException.class);

    private static final Pattern PART = Pattern.compile("templateId=([a-z0-9-]+)");

    private final CamelContext camel = new DefaultCamelContext();
    private final Vendors vendors = new Vendors(camel);
    private final ProducerTemplate template = camel.createProducerTemplate();
    private final Recordings recordings = new Recordings();
    private final Map<String, String> asksNobody = new TreeMap<>();
    private final Set<String> parts = new TreeSet<>();

    KameletTargets() {
        camel.setAutowiredEnabled(false);
        // who paces its questions does so in life; here nobody waits
        camel.getCamelContextExtension()
                .addInterceptStrategy(
                        (context, step, target, next) -> step instanceof DelayDefinition ? exchange -> {} : target);
        camel.addComponent("http", vendors);
        camel.addComponent("https", vendors);
        camel.getComponent("kamelet", KameletComponent.class).setNoErrorHandler(true);
        camel.getRegistry().bind("objectStore", new OneObject());
        camel.getRegistry().bind("sourceGate", new OpenGate());
        camel.getRegistry().bind("mailReceipts", (MailReceipts) reference -> Optional.empty());
        camel.start();
    }

    /** Kamelets that call nobody with any of the requests, and how they ended. */
    Map<String, String> asksNobody() {
        return asksNobody;
    }

    List<Target> all() {
        List<Target> targets = new ArrayList<>();
        try {
            for (Resource file :
                    new PathMatchingResourcePatternResolver().getResources("classpath*:kamelets/*.kamelet.yaml")) {
                try (InputStream in = file.getInputStream()) {
                    target(new Yaml().load(in), targets);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // what others are made of is reached through them
        parts.forEach(asksNobody::remove);
        return targets;
    }

    private void target(Map<String, Object> kamelet, List<Target> into) {
        String name = String.valueOf(map(kamelet.get("metadata")).get("name"));
        if (!String.valueOf(map(kamelet.get("spec")).get("template")).contains("io.caravan.")) {
            return; // of Camel's own catalogue
        }
        String vendor = vendor(name);
        Connection connection = Samples.connection(vendor);
        Matcher part = PART.matcher(String.valueOf(map(kamelet.get("spec")).get("template")));
        while (part.find()) {
            parts.add(part.group(1));
        }
        String uri = "kamelet:" + name
                + parameters(map(map(map(kamelet.get("spec")).get("definition")).get("properties")));
        List<Object> reaching = new ArrayList<>();
        Set<String> ended = new TreeSet<>();
        for (Object body : Samples.bodies(connection)) {
            vendors.answer(List.of(Answer.json(500, "{}")));
            Exchange done = send(uri, body, connection, "create");
            if (vendors.calls() > 0) {
                reaching.add(body);
            } else {
                ended.add(String.valueOf(root(done.getException())));
            }
        }
        if (reaching.isEmpty()) {
            asksNobody.put(name, ended.toString());
            return;
        }
        into.add(new Target(name, vendor, Form.ANSWER, recordings.answers(vendor), DECLARED, input -> {
            vendors.answer(Answer.all(input));
            int any = Arrays.hashCode(input);
            Object body = reaching.get(Math.floorMod(any, reaching.size()));
            Exchange done = send(uri, body, connection, any % 2 == 0 ? "lookup" : "create");
            if (done.getException() != null) {
                throw plain(done.getException());
            }
            goesOn(done.getMessage().getBody());
        }));
    }

    /** The longest name of a connection's file that the Kamelet's begins with. */
    private static String vendor(String kamelet) {
        String[] words = kamelet.split("-");
        for (int i = words.length; i > 0; i--) {
            String vendor = String.join("-", Arrays.copyOf(words, i));
            if (KameletTargets.class.getResource("/connections/" + vendor + ".yaml") != null) {
                return vendor;
            }
        }
        return words[0];
    }

    /** Those that must be given, by their own example; waits as short as they may be. */
    private static String parameters(Map<?, ?> properties) {
        List<String> given = new ArrayList<>();
        properties.forEach((name, told) -> {
            Map<?, ?> property = map(told);
            if (String.valueOf(name).equals("wait")) {
                given.add("wait=1");
            } else if (!property.containsKey("default") && property.containsKey("example")) {
                given.add(name + "=RAW(" + property.get("example") + ")");
            }
        });
        return given.isEmpty() ? "" : "?" + String.join("&", given);
    }

    private Exchange send(String uri, @Nullable Object body, Connection connection, String verb) {
        return template.send(uri, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.setVariable(Names.CONNECTION, connection);
            exchange.setVariable(Names.ACCOUNT, Samples.ACCOUNT);
            exchange.setVariable(Names.REFERENCE, Samples.REFERENCE);
            exchange.setVariable(Names.VENDOR_ID, "632910392");
            exchange.setVariable(
                    Names.EFFECT_STEP,
                    new LinkedHashMap<>(Map.of(
                            "method",
                            "POST",
                            "path",
                            "/x/{reference}",
                            "items",
                            "/items",
                            "id",
                            "/id",
                            "state",
                            "/state",
                            "facts",
                            Map.of("a", "/a/0"))));
            exchange.setVariable(Names.EFFECT_VERB, verb);
        });
    }

    private static void goesOn(@Nullable Object result) {
        if (result instanceof SupplierProduct product) {
            ProductDraft draft = new ProductNormaliser(ImportRules.defaults()).normalise(Samples.ACCOUNT, product);
            ProductAssembler.prices(
                    draft,
                    ImportPricer.of(
                            ImportPricing.defaults(),
                            ExchangeRates.defaults(),
                            Currency.getInstance("USD"),
                            LocalDate.of(2026, 11, 20)));
        } else if (result instanceof SignalBatch batch) {
            TrendCycle.run(
                    Samples.ACCOUNT, batch.signals(), Instant.parse("2026-11-20T10:00:00Z"), TrendRules.defaults());
        } else if (result instanceof VendorObject object) {
            VendorObject again = Json.vendorObject(Json.write(object));
            if (!again.id().equals(object.id()) || !again.state().equals(object.state())) {
                throw new AssertionError("is another object when it was written down: " + object + ", " + again);
            }
        } else {
            Json.write(result instanceof byte[] ? null : result);
        }
    }

    /** Camel wraps what is no exception, and what a bean threw that is checked. */
    private static Throwable plain(Exception thrown) {
        return thrown instanceof CamelExecutionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    private static @Nullable Throwable root(@Nullable Throwable thrown) {
        return Causes.of(thrown).reduce((outer, inner) -> inner).orElse(null);
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    /** Of the application, which counts what is asked. */
    public static final class OpenGate {
        public void admit(Exchange exchange) {
            // nothing is counted here
        }
    }

    /** Has one picture, whatever it is asked for, and keeps nothing. */
    private static final class OneObject implements ObjectStore {
        @Override
        public StoredObject put(AccountId account, String kind, String mediaType, byte[] bytes) {
            return new StoredObject(kind, Samples.HASH, mediaType, bytes.length);
        }

        @Override
        public byte[] get(AccountId account, String kind, String sha256) {
            return Pictures.seeds().get(0);
        }
    }
}
