package io.caravan.hub.config.store.api;

import io.caravan.hub.config.files.AccountsFile;
import io.caravan.hub.config.files.Plans;
import io.caravan.hub.config.files.PlansFile;
import io.caravan.hub.config.security.Caller;
import io.caravan.hub.config.security.Role;
import io.caravan.hub.config.settings.HubProperties;
import io.caravan.hub.config.store.Ideas;
import io.caravan.hub.config.store.StoreSettings;
import io.caravan.hub.config.web.Ingress;
import io.caravan.hub.config.web.Problems;
import io.caravan.hub.config.web.RequestContext;
import io.caravan.hub.connectors.delivery.DeliverySettings;
import io.caravan.hub.connectors.delivery.accept.AcceptPolicy;
import io.caravan.hub.connectors.delivery.db.Db;
import io.caravan.hub.connectors.delivery.lane.Committer;
import io.caravan.hub.connectors.delivery.lane.Lanes;
import io.caravan.hub.connectors.delivery.unit.UnitWrites;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.image.StoredObject;
import io.caravan.hub.model.port.ObjectStore;
import io.caravan.hub.model.port.Writes;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Policy;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.quartz.QuartzAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;

/**
 * The routes of {@code routes/api} with the real stores, ingress, contract check and accept policy on a real HTTP port.
 * Fake are the edges: who asks comes from a test header, and {@code work:} only remembers what was sent.
 */
@SpringBootConfiguration
@EnableAutoConfiguration(
        exclude = {
            SecurityAutoConfiguration.class,
            UserDetailsServiceAutoConfiguration.class,
            QuartzAutoConfiguration.class
        },
        excludeName =
                "org.springframework.boot.actuate.autoconfigure.security.servlet.ManagementWebSecurityAutoConfiguration")
@EnableConfigurationProperties({HubProperties.class, StoreSettings.class})
@ComponentScan(
        basePackageClasses = {Ideas.class},
        excludeFilters =
                @ComponentScan.Filter(
                        type = FilterType.ASSIGNABLE_TYPE,
                        classes = {Operations.class, DeadLetterApi.class, MailWebhook.class, ScoredWebhook.class}))
@Import({Ingress.class, Problems.class})
class ApiApp {

    static final AccountId ACCOUNT = new AccountId("a" + UUID.randomUUID());

    @Bean
    Db db(DataSource dataSource) {
        return new Db(dataSource);
    }

    @Bean
    Writes writes(Db db) {
        return new UnitWrites(db, new Committer(db, new Lanes(db, "tests", Duration.ofMinutes(1)), "write"));
    }

    @Bean
    Policy accept(Db db) {
        Lanes lanes = new Lanes(db, "tests", Duration.ofMinutes(1));
        return new AcceptPolicy(db, new Committer(db, lanes, "accept"), DeliverySettings.defaults());
    }

    @Bean("work")
    SentWork work() {
        return new SentWork();
    }

    @Bean
    Plans plans() {
        PlansFile.Plan all = new PlansFile.Plan("All", null, null, null);
        return new Plans(new PlansFile("all", "/plans", Map.of("all", all)), new AccountsFile(Map.of()));
    }

    @Bean
    ObjectStore objects() {
        return new ObjectStore() {
            @Override
            public StoredObject put(AccountId account, String kind, String mediaType, byte[] bytes) {
                throw new UnsupportedOperationException("the API stores no pictures");
            }

            @Override
            public byte[] get(AccountId account, String kind, String sha256) {
                return (account + "/" + kind + "/" + sha256).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            }
        };
    }

    /** The role is what the test says in {@code X-Test-Role}; no such header means nobody. */
    @Bean
    Filter whoAsks() {
        return (request, response, chain) -> {
            HttpServletRequest http = (HttpServletRequest) request;
            String role = http.getHeader("X-Test-Role");
            RequestContext context = new RequestContext("req-1", "0".repeat(32), null);
            (role == null ? context : context.with(new Caller("key-1", ACCOUNT, Role.of(role)))).bind(http);
            chain.doFilter(request, response);
        };
    }

    /** Remembers what would be inserted, and names jobs as the engine does. */
    static final class SentWork extends DefaultComponent {

        record Sent(String uri, Object payload) {}

        final List<Sent> sent = java.util.Collections.synchronizedList(new ArrayList<>());

        @Override
        protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
            boolean job = parameters.containsKey("job");
            parameters.clear();
            return new DefaultEndpoint(uri, this) {
                @Override
                public Producer createProducer() {
                    return new DefaultProducer(this) {
                        @Override
                        public void process(Exchange exchange) {
                            sent.add(new Sent(uri, exchange.getMessage().getBody()));
                            if (job) {
                                exchange.setVariable(
                                        "jobId", Refs.of(uri, UUID.randomUUID().toString()));
                            }
                        }
                    };
                }

                @Override
                public Consumer createConsumer(Processor processor) {
                    throw new UnsupportedOperationException("nothing is worked on here");
                }
            };
        }
    }
}
