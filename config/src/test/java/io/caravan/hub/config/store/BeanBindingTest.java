package io.caravan.hub.config.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.model.trend.SignalBatch;
import io.caravan.hub.model.trend.Trend;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** What routes write, {@code bean: {ref, method}} without arguments, finds its values in variables, body and exchange. */
class BeanBindingTest {

    private final Fixture hub = new Fixture(Database.H2);

    @Test
    void shouldRecordARunFromBodyVariablesAndTheCaughtFailure() throws Exception {
        String cycle = (String) hub.cycles
                .begin(hub.account, null, null, Map.of("source", "tiktok"))
                .get("cycle_id");
        SignalBatch batch =
                new SignalBatch("curated", 1, List.of(Fixture.signal("curated", "c1", "it's, \"x\"", 1)), Map.of());

        call("sourceRuns", "recordRun", exchange -> {
            exchange.setVariable("cycleId", cycle);
            exchange.setVariable("source", "tiktok");
            exchange.setVariable("fallback", true);
            exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new IllegalStateException("source is down"));
            exchange.getMessage().setBody(batch);
        });

        assertThat(TrendsTest.items(hub.trendPages.sources(hub.account)))
                .anySatisfy(source -> assertThat(source)
                        .containsEntry("state", "fallback")
                        .hasEntrySatisfying(
                                "failure",
                                failure -> assertThat(failure.toString()).contains("source is down")));
    }

    @Test
    void shouldDraftAnIdeaWithTheAgeOfTheExchangeAsDuration() throws Exception {
        Trend trend = hub.trend("axolotl", 74, "tiktok");
        hub.cycle(trend);
        Map<String, Object> item = hub.ideas.request(hub.account, Map.of("trend_id", trend.id()));

        hub.clock.move(java.time.Duration.ofMinutes(1));
        call("ideas", "draft", exchange -> {
            exchange.setVariable("item", item);
            exchange.setVariable("promptVersion", "idea.v1");
            exchange.getMessage().setBody(Fixture.idea());
        });

        assertThat(hub.ideas.load(hub.account, item)).isEqualTo(Fixture.idea());
        assertThat(hub.reads
                        .sql("select duration_ms from journal where account = ? and step = 'idea.drafted'")
                        .param(hub.account.value())
                        .query(Long.class)
                        .single())
                .isBetween(50_000L, 120_000L);
    }

    @Test
    void shouldNoteAStepThatARouteNames() throws Exception {
        call("journal", "note", exchange -> {
            exchange.setVariable("item", Map.of("listing_id", "l1"));
            exchange.setVariable("step", "listing.preflight");
            exchange.setVariable("outcome", "refused");
            exchange.setVariable("reason", "title's too long, \"really\"");
        });

        assertThat(hub.reads
                        .sql(
                                "select reason from journal where account = ? and subject_id = 'l1' and subject_kind = 'listing'")
                        .param(hub.account.value())
                        .query(String.class)
                        .single())
                .isEqualTo("title's too long, \"really\"");
    }

    private void call(String bean, String method, java.util.function.Consumer<Exchange> prepared) throws Exception {
        try (CamelContext camel = new DefaultCamelContext()) {
            camel.getRegistry().bind("sourceRuns", hub.runs);
            camel.getRegistry().bind("ideas", hub.ideas);
            camel.getRegistry().bind("journal", hub.journal);
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:call").bean("bean:" + bean, method);
                }
            });
            camel.start();
            Exchange exchange = new DefaultExchange(camel);
            exchange.setVariable("account", hub.account);
            prepared.accept(exchange);
            Exchange done = camel.createProducerTemplate().send("direct:call", exchange);
            if (done.getException() != null) {
                throw done.getException();
            }
        }
    }
}
