package io.caravan.hub.proof.fuzz;

import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** Stands where {@code http} and {@code https} stand: whoever is called gives the answers that were laid out. */
final class Vendors extends DefaultComponent {

    /** Nobody answers for ever: what pages through a list has to come to an end. */
    private static final int MOST = 60;

    private static final Answer DOWN = Answer.json(500, "{}");

    private List<Answer> answers = List.of(DOWN);
    private int calls;

    Vendors(CamelContext context) {
        super(context);
    }

    void answer(List<Answer> next) {
        answers = next;
        calls = 0;
    }

    /** How often anyone was called since. */
    int calls() {
        return calls;
    }

    private void serve(Exchange exchange) {
        Answer answer = calls >= MOST ? DOWN : answers.get(Math.min(calls, answers.size() - 1));
        calls++;
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        answer.headers().forEach(message::setHeader);
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, answer.status());
        message.setBody(answer.body());
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        parameters.clear();
        return new Called(uri);
    }

    private final class Called extends DefaultEndpoint {

        Called(String uri) {
            super(uri, Vendors.this);
        }

        @Override
        public Producer createProducer() {
            return new DefaultProducer(this) {
                @Override
                public void process(Exchange exchange) {
                    serve(exchange);
                }
            };
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            throw new UnsupportedOperationException("nobody calls us");
        }

        @Override
        public boolean isLenientProperties() {
            return true;
        }
    }
}
