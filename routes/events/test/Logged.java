package io.caravan.hub.routes.events;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** What is written to the log meanwhile, with what the exceptions say. */
final class Logged extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    /** After the application's start, which sets the log up anew. */
    static Logged begin() {
        Logged logged = new Logged();
        logged.setContext(root().getLoggerContext());
        logged.start();
        root().addAppender(logged);
        return logged;
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    @Override
    protected void append(ILoggingEvent event) {
        StringBuilder line = new StringBuilder(event.getLevel() + " " + event.getFormattedMessage());
        IThrowableProxy failure = event.getThrowableProxy();
        while (failure != null) {
            line.append(" / ").append(failure.getMessage());
            failure = failure.getCause();
        }
        lines.add(line.toString());
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        root().detachAppender(this);
        stop();
    }
}
