package io.caravan.hub.config.binding;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Bean {@code pollRetries}: counts a read's repetitions in the variable {@code retries}, before each one. Camel's own
 * count lies in a header, which Kamelets take away with all others before they call a vendor: it would never reach its
 * limit, and a source that stays down would be asked for ever.
 */
public class PollRetries implements Processor {

    @Override
    public void process(Exchange exchange) {
        exchange.setVariable("retries", exchange.getVariable("retries", 0, Integer.class) + 1);
    }
}
