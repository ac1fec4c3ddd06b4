package io.caravan.hub.connectors.delivery.work;

import io.caravan.hub.connectors.delivery.DeliveryEngine;
import java.time.Duration;
import org.apache.camel.Category;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.util.TimeUtils;
import org.jspecify.annotations.Nullable;

/** Insert durable work, or run it: one item of a lane at a time, everything it writes in one transaction. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "work",
        title = "Work",
        syntax = "work:type",
        category = {Category.DATABASE, Category.WORKFLOW})
public final class WorkEndpoint extends DefaultEndpoint {

    private final DeliveryEngine engine;

    /** Type of the work, noun.verb: {@code idea.create}. */
    @UriPath
    @Metadata(required = true)
    private final String type;

    /** Simple expression for what the work is about; with the account it is the lane, which keeps order. */
    @UriParam(label = "producer")
    private @Nullable String aggregate;

    /** Simple expression for the trace id. Default: the variable traceId, else the aggregate. */
    @UriParam(label = "producer")
    private @Nullable String trace;

    /** Kind of job to open for this work; sets the variable jobId. Without it the current job is inherited. */
    @UriParam(label = "producer")
    private @Nullable String job;

    /** Wait before the work is due, for example 5m. */
    @UriParam(label = "producer")
    private @Nullable String dueIn;

    /** Simple expression for the schedule id: inserts only when the header scheduledFireTime's slot was not taken yet, else stops the route. */
    @UriParam(label = "producer")
    private @Nullable String slot;

    /** Most items in flight at once on this node. */
    @UriParam(label = "consumer", defaultValue = "8")
    private int concurrency = 8;

    /** How long after its first failure or wait an item is given up, for example 36h. */
    @UriParam(label = "consumer", defaultValue = "36h")
    private String giveUp = "36h";

    /** Failures after which an item becomes a dead letter; waiting for outcomes, gates and budgets does not count. */
    @UriParam(label = "consumer", defaultValue = "8")
    private int maxAttempts = 8;

    /** Work type inserted, with the same payload plus cause, when an item becomes a dead letter. */
    @UriParam(label = "consumer")
    private @Nullable String onDead;

    public WorkEndpoint(String uri, Component component, String type, DeliveryEngine engine) {
        super(uri, component);
        this.type = type;
        this.engine = engine;
    }

    @Override
    public Producer createProducer() {
        return new WorkProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        WorkConsumer consumer = new WorkConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    static Duration duration(String text) {
        return Duration.ofMillis(TimeUtils.toMilliSeconds(text));
    }

    DeliveryEngine engine() {
        return engine;
    }

    public String getType() {
        return type;
    }

    public @Nullable String getAggregate() {
        return aggregate;
    }

    public void setAggregate(@Nullable String aggregate) {
        this.aggregate = aggregate;
    }

    public @Nullable String getTrace() {
        return trace;
    }

    public void setTrace(@Nullable String trace) {
        this.trace = trace;
    }

    public @Nullable String getJob() {
        return job;
    }

    public void setJob(@Nullable String job) {
        this.job = job;
    }

    public @Nullable String getDueIn() {
        return dueIn;
    }

    public void setDueIn(@Nullable String dueIn) {
        this.dueIn = dueIn;
    }

    public @Nullable String getSlot() {
        return slot;
    }

    public void setSlot(@Nullable String slot) {
        this.slot = slot;
    }

    public int getConcurrency() {
        return concurrency;
    }

    public void setConcurrency(int concurrency) {
        this.concurrency = concurrency;
    }

    public String getGiveUp() {
        return giveUp;
    }

    public void setGiveUp(String giveUp) {
        this.giveUp = giveUp;
    }

    public int getMaxAttempts() {
        return maxAttempts;
    }

    public void setMaxAttempts(int maxAttempts) {
        this.maxAttempts = maxAttempts;
    }

    public @Nullable String getOnDead() {
        return onDead;
    }

    public void setOnDead(@Nullable String onDead) {
        this.onDead = onDead;
    }
}
