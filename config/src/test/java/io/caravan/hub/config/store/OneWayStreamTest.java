package io.caravan.hub.config.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class OneWayStreamTest {

    private static final List<String> PIECES = List.of("one ", "two ", "", "three");

    @Test
    void shouldBeMadeWhileItIsSentAndNotBeforeWhateverStepsFollow() throws Exception {
        AtomicInteger made = new AtomicInteger();
        AtomicInteger pages = new AtomicInteger();
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:rest").to("direct:text").setHeader("sent").constant(true);
                    from("direct:text")
                            .process(exchange -> exchange.getMessage().setBody(new TextStream(() -> {
                                int next = made.getAndIncrement();
                                return next < PIECES.size() ? PIECES.get(next) : null;
                            })));
                    from("direct:csv")
                            .process(exchange -> exchange.getMessage()
                                    .setBody(new CsvStream(
                                            List.of("n"),
                                            null,
                                            after -> Map.of(
                                                    "items",
                                                    List.of(Map.of("n", 1)),
                                                    "next",
                                                    pages.incrementAndGet() < 9 ? "more" : ""),
                                            item -> List.of(1))));
                }
            });
            camel.start();
            try (InputStream text =
                    camel.createProducerTemplate().requestBody("direct:rest", null, InputStream.class)) {
                assertThat(made).hasValue(1);
                assertThat(new String(text.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo("one two three");
            }
            try (InputStream csv = camel.createProducerTemplate().requestBody("direct:csv", null, InputStream.class)) {
                assertThat(pages).hasValue(1);
                assertThat(csv.read()).isEqualTo('n');
            }
        }
    }
}
