package io.caravan.hub.config.start;

import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultHeaderFilterStrategy;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;

/** Endpoints that do nothing, with a configuration by the names of camel-kafka's. */
public final class FakeEndpoints extends DefaultComponent {

    /** Safe until a test changes it. */
    public static final class Configuration {
        boolean batching;
        boolean autoCommitEnable;
        boolean allowManualCommit = true;
        boolean breakOnFirstError = true;
        String autoOffsetReset = "earliest";
        String pollOnError = "RETRY";
        String securityProtocol = "SASL_SSL";
        boolean useIterator;
        String requestRequiredAcks = "all";
        boolean enableIdempotence = true;

        @Nullable
        String groupId = "hub";

        @Nullable
        Object kafkaManualCommitFactory;

        @Nullable
        HeaderFilterStrategy headerFilterStrategy = new DefaultHeaderFilterStrategy();

        public boolean isBatching() {
            return batching;
        }

        public boolean isAutoCommitEnable() {
            return autoCommitEnable;
        }

        public boolean isAllowManualCommit() {
            return allowManualCommit;
        }

        public boolean isBreakOnFirstError() {
            return breakOnFirstError;
        }

        public String getAutoOffsetReset() {
            return autoOffsetReset;
        }

        public @Nullable String getGroupId() {
            return groupId;
        }

        public String getSecurityProtocol() {
            return securityProtocol;
        }

        public boolean isUseIterator() {
            return useIterator;
        }

        public String getRequestRequiredAcks() {
            return requestRequiredAcks;
        }

        public boolean isEnableIdempotence() {
            return enableIdempotence;
        }

        public String getPollOnError() {
            return pollOnError;
        }

        public @Nullable HeaderFilterStrategy getHeaderFilterStrategy() {
            return headerFilterStrategy;
        }
    }

    final Configuration configuration = new Configuration();

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        parameters.clear();
        return new Fake(uri, this);
    }

    /** Public, as Camel reads its properties. */
    public static final class Fake extends DefaultEndpoint {

        private final Configuration configuration;

        Fake(String uri, FakeEndpoints component) {
            super(uri, component);
            configuration = component.configuration;
        }

        public Configuration getConfiguration() {
            return configuration;
        }

        public @Nullable Object getKafkaManualCommitFactory() {
            return configuration.kafkaManualCommitFactory;
        }

        @Override
        public Producer createProducer() {
            return new DefaultProducer(this) {
                @Override
                public void process(org.apache.camel.Exchange exchange) {}
            };
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            return new DefaultConsumer(this, processor);
        }
    }
}
