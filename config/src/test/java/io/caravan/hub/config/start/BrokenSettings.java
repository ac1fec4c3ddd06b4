package io.caravan.hub.config.start;

import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.component.kafka.KafkaHeaderFilterStrategy;
import org.apache.camel.component.kafka.PollOnError;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommitFactory;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.http.base.HttpHeaderFilterStrategy;
import org.apache.camel.impl.engine.PooledExchangeFactory;
import org.apache.camel.support.DefaultHeaderFilterStrategy;
import org.apache.camel.support.RouteWatcherReloadStrategy;
import org.apache.hc.client5.http.cookie.BasicCookieStore;
import org.jolokia.server.core.restrictor.AllowAllRestrictor;

/** One broken setting after the other; every check has one at least. */
final class BrokenSettings {

    /**
     * @param check that must find it
     * @param expected part of what it says
     */
    record One(String check, String expected, Breaking breaking) {}

    @FunctionalInterface
    interface Breaking {
        void on(StartedHub hub) throws Exception;
    }

    private static final String WORK = """
            - route:
                id: own-work
                from:
                  uri: direct:own-work
                  steps:
                    - to: {id: change, uri: "effect:store.product"}
                errorHandler:
                  defaultErrorHandler:
                    redeliveryPolicy: {maximumRedeliveries: "2"}
            """;

    private static final String KAMELET = """
            apiVersion: camel.apache.org/v1
            kind: Kamelet
            metadata: {name: own-action}
            spec:
              definition: {title: Own, type: object}
              template:
                from:
                  uri: kamelet:source
                  steps:
                    - toD: {id: call, uri: "${variable.connection.baseUrl}/x?throwExceptionOnFailure=false&OPTION"}
            """;

    static final List<One> ALL = List.of(
            component("followRedirects", http -> http.setFollowRedirects(true)),
            component("skipControlHeaders", http -> http.setSkipControlHeaders(false)),
            component("copyHeaders", http -> http.setCopyHeaders(true)),
            component("automaticRetriesDisabled", http -> http.setAutomaticRetriesDisabled(false)),
            component("cookies", http -> http.setCookieManagementDisabled(false)),
            component("cookies", http -> http.setCookieStore(new BasicCookieStore())),
            component("headerFilterStrategy", http -> http.setHeaderFilterStrategy(new HttpHeaderFilterStrategy())),
            component("httpClientConfigurer", http -> http.setHttpClientConfigurer(builder -> {})),
            component("time-outs", http -> http.setResponseTimeout(0)),
            component("time-outs", http -> http.setConnectTimeout(3_600_000)),
            component("time-outs", http -> http.setSoTimeout(0)),
            component("time-outs", http -> http.setConnectionRequestTimeout(0)),
            one("http components", "https: the component is not there", hub -> hub.camel.removeComponent("https")),
            endpoint("followRedirects", "followRedirects=true"),
            endpoint("copyHeaders", "copyHeaders=true"),
            endpoint("skipControlHeaders", "skipControlHeaders=false"),
            endpoint("headerFilterStrategy", "headerFilterStrategy=#class:" + HttpHeaderFilterStrategy.class.getName()),
            endpoint("cookies", "cookieHandler=#class:org.apache.camel.http.base.cookie.InstanceCookieHandler"),
            endpoint("time-outs", "responseTimeout=0"),
            endpoint("throwExceptionOnFailure", "throwExceptionOnFailure=true"),
            one("http calls of Kamelets", "step call: followRedirects", kamelet("followRedirects=true")),
            one("http calls of Kamelets", "step call: time-outs", kamelet("soTimeout=0")),
            one("effects are not repeated", "route own-work would do its effect again", hub -> {
                hub.camel.addComponent("effect", new FakeEndpoints());
                hub.routes(WORK);
            }),
            one(
                    "failures leave Kamelets",
                    "no-error-handler",
                    hub -> hub.camel
                            .getComponent("kamelet", KameletComponent.class)
                            .setNoErrorHandler(false)),
            one(
                    "callers see no stack trace",
                    "platform-http:///own shows stack traces",
                    hub -> hub.platformHttp(false)),
            one(
                    "exchanges are not pooled",
                    "exchanges are pooled",
                    hub -> hub.camel.getCamelContextExtension().setExchangeFactory(new PooledExchangeFactory())),
            one(
                    "secrets are masked",
                    "authorization would stand in logs",
                    hub -> hub.camel
                            .getCamelContextExtension()
                            .setAdditionalSensitiveKeywords("api-key,x-api-key,access-token")),
            kafka("set batching to false", kafka -> kafka.getConfiguration().setBatching(true)),
            kafka(
                    "set autoCommitEnable to false",
                    kafka -> kafka.getConfiguration().setAutoCommitEnable(true)),
            kafka(
                    "set breakOnFirstError to true",
                    kafka -> kafka.getConfiguration().setBreakOnFirstError(false)),
            kafka(
                    "set allowManualCommit to true",
                    kafka -> kafka.getConfiguration().setAllowManualCommit(false)),
            kafka(
                    "set autoOffsetReset to earliest",
                    kafka -> kafka.getConfiguration().setAutoOffsetReset("latest")),
            kafka(
                    "set pollOnError to RETRY",
                    kafka -> kafka.getConfiguration().setPollOnError(PollOnError.ERROR_HANDLER)),
            kafka("set groupId", kafka -> kafka.getConfiguration().setGroupId(null)),
            kafka(
                    "set kafkaManualCommitFactory to nothing",
                    kafka -> kafka.setKafkaManualCommitFactory(new DefaultKafkaManualCommitFactory())),
            kafka(
                    "set headerFilterStrategy to an allow-list",
                    kafka -> kafka.getConfiguration().setHeaderFilterStrategy(new KafkaHeaderFilterStrategy())),
            producer(
                    "set useIterator to false",
                    kafka -> kafka.getConfiguration().setUseIterator(true)),
            producer(
                    "set requestRequiredAcks to all",
                    kafka -> kafka.getConfiguration().setRequestRequiredAcks("1")),
            producer(
                    "set enableIdempotence to true",
                    kafka -> kafka.getConfiguration().setEnableIdempotence(false)),
            one(
                    "the embedded database writes at once",
                    "WRITE_DELAY=0",
                    hub -> hub.database = StartedHub.h2(
                            "jdbc:h2:file:" + Path.of(System.getProperty("java.io.tmpdir"), "late-" + System.nanoTime())
                                    + ";WRITE_DELAY=100")),
            one("the database is on disk", "in memory", hub -> hub.database = StartedHub.h2("jdbc:h2:mem:self-check")),
            one("the database server writes at once", "synchronous_commit", hub -> hub.database = postgresql("off")),
            one(
                    "management address",
                    "MANAGEMENT_SERVER_ADDRESS",
                    hub -> hub.management.setAddress(InetAddress.getByName("0.0.0.0"))),
            one("management address", "MANAGEMENT_SERVER_ADDRESS", hub -> hub.management.setAddress(null)),
            one("management endpoints", "offers heapdump", hub -> hub.endpoints.add("heapdump")),
            one("Jolokia reads", "Jolokia has no policy", hub -> hub.restrictors.clear()),
            one("Jolokia reads", "Jolokia may run sendBody", hub -> hub.restrictors.add(new AllowAllRestrictor())),
            one("no database console", "h2.console", hub -> set(hub, "spring.h2.console.enabled", "true")),
            one("connections are live", "mode mixed", hub -> hub.mode = "mixed"),
            one("connections have their secrets", "lacks HUB_SENDGRID_API_KEY", hub -> {
                set(hub, "HUB_SENDGRID_MODE", "live");
                set(hub, "HUB_SENDGRID_FROM_EMAIL", "shop@store.example");
                set(hub, "HUB_SENDGRID_WEBHOOK_PUBLIC_KEY", "given");
            }),
            one("webhooks have their secrets", "HUB_SENDGRID_WEBHOOK_PUBLIC_KEY", hub -> {
                set(hub, "HUB_SENDGRID_MODE", "live");
                set(hub, "HUB_SENDGRID_API_KEY", "SG.given");
                set(hub, "HUB_SENDGRID_FROM_EMAIL", "shop@store.example");
            }),
            one("webhooks have their secrets", "HUB_SCORER_WEBHOOK_SECRET", hub -> {
                set(hub, "HUB_SCORER_MODE", "live");
                set(hub, "hub.prod.without-webhooks", "sendgrid");
            }),
            one("master key given", "HUB_MASTER_KEY is not set", hub -> set(hub, "hub.master.key", " ")),
            one(
                    "master key random",
                    "HUB_MASTER_KEY can be guessed",
                    hub -> set(hub, "hub.master.key", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")),
            one(
                    "admin key random",
                    "HUB_ADMIN_KEY can be guessed",
                    hub -> set(hub, "hub.admin.key", "hub_adminadminadminadminadmin")),
            one("kafka is given", "HUB_KAFKA_BROKERS is not set", hub -> {
                set(hub, "hub.kafka.enabled", "true");
                set(hub, "hub.kafka.security", "SASL_SSL");
            }),
            one("kafka is encrypted", "HUB_PROD_ALLOW_PLAIN_KAFKA", hub -> {
                set(hub, "hub.kafka.enabled", "true");
                set(hub, "hub.kafka.brokers", "kafka:9092");
            }),
            one("kafka is encrypted", "HUB_PROD_ALLOW_PLAIN_KAFKA", hub -> {
                kafka(hub).getConfiguration().setSecurityProtocol("SASL_PLAINTEXT");
                hub.camel.getEndpoint("kafka:elsewhere");
            }),
            one(
                    "no reload of routes",
                    "routes-reload-enabled",
                    hub -> set(hub, "camel.main.routes-reload-enabled", "true")),
            one(
                    "no reload of routes",
                    "routes-reload-enabled",
                    hub -> hub.camel.addService(new RouteWatcherReloadStrategy(System.getProperty("java.io.tmpdir")))),
            one("not for development", "exclude each other", hub -> hub.environment.setActiveProfiles("prod", "dev")),
            one("the routes folder is there", "HUB_ROUTES_DIR", hub -> set(hub, "hub.routes.dir", "no/such/folder")),
            one("bodies are not traced", "tracer", hub -> hub.camel.setTracing(true)),
            one("bodies are not traced", "tracer", hub -> hub.camel.setBacklogTracing(true)),
            one("bodies are not traced", "tracer", hub -> hub.camel.setDevConsole(true)));

    private BrokenSettings() {}

    private static One one(String check, String expected, Breaking breaking) {
        return new One(check, expected, breaking);
    }

    /** An endpoint takes the fault of its component over, and what a Kamelet calls too. */
    private static One component(String expected, Consumer<HttpComponent> breaking) {
        return one("http components", "http: " + expected, hub -> breaking.accept(hub.http()));
    }

    private static One endpoint(String expected, String option) {
        String other = option.startsWith("throw") ? "" : "throwExceptionOnFailure=false&";
        return one(
                "http endpoints",
                "endpoint http://vendor.example/x: " + expected,
                hub -> hub.camel.getEndpoint("http://vendor.example/x?" + other + option));
    }

    private static Breaking kamelet(String option) {
        return hub -> hub.kamelet(KAMELET.replace("OPTION", option));
    }

    private static One kafka(String expected, Consumer<KafkaComponent> breaking) {
        return one("kafka endpoints", "endpoint kafka://orders: " + expected, hub -> {
            breaking.accept(kafka(hub));
            hub.routes("- route: {id: own-read, autoStartup: false, from: {uri: \"kafka:orders\","
                    + " steps: [{stop: {id: end}}]}}");
        });
    }

    private static One producer(String expected, Consumer<KafkaComponent> breaking) {
        return one("kafka endpoints", "endpoint kafka://orders: " + expected, hub -> {
            breaking.accept(kafka(hub));
            hub.camel.getEndpoint("kafka:orders");
        });
    }

    /** Safe until a test changes it; nothing connects. */
    private static KafkaComponent kafka(StartedHub hub) {
        KafkaComponent kafka = new KafkaComponent(hub.camel);
        KafkaConfiguration safe = kafka.getConfiguration();
        safe.setBrokers("localhost:1");
        safe.setSecurityProtocol("SASL_SSL");
        safe.setAutoCommitEnable(false);
        safe.setAllowManualCommit(true);
        safe.setBreakOnFirstError(true);
        safe.setAutoOffsetReset("earliest");
        safe.setPollOnError(PollOnError.RETRY);
        safe.setGroupId("hub");
        safe.setUseIterator(false);
        safe.setHeaderFilterStrategy(new DefaultHeaderFilterStrategy());
        hub.camel.addComponent("kafka", kafka);
        return kafka;
    }

    private static void set(StartedHub hub, String property, String value) {
        hub.environment.setProperty(property, value);
    }

    /** Answers as a server does that is set so; a real one is started by PostgresTest. */
    private static DataSource postgresql(String setting) {
        ResultSet rows = fake(ResultSet.class, method -> method.equals("next") ? (Object) true : setting);
        Statement statement = fake(Statement.class, method -> method.equals("executeQuery") ? rows : null);
        DatabaseMetaData about = fake(DatabaseMetaData.class, method -> "jdbc:postgresql://db/hub");
        Connection connection = fake(Connection.class, method -> switch (method) {
            case "createStatement" -> statement;
            case "getMetaData" -> about;
            default -> null;
        });
        return fake(DataSource.class, method -> connection);
    }

    private static <T> T fake(Class<T> type, Function<String, Object> answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.apply(method.getName())));
    }
}
