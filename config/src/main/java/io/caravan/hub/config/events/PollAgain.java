package io.caravan.hub.config.events;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.component.kafka.PollExceptionStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * After a poll that failed (nobody let in, say) the same records are asked for again, for as long as it takes. Of Camel's own
 * strategies the default goes on behind the next record of each partition, RECONNECT gives up when the login fails, and RETRY
 * does not wait.
 */
final class PollAgain implements PollExceptionStrategy {

    private static final Logger LOG = LoggerFactory.getLogger(PollAgain.class);
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);

    @Override
    public boolean canContinue() {
        return true;
    }

    @Override
    public void handle(long partitionLastOffset, Exception failure) {
        LOG.warn("Kafka gives no events, asked again: {}", failure.getMessage());
        LockSupport.parkNanos(PAUSE_NANOS);
    }
}
