package io.caravan.hub.config.lint;

import static io.caravan.hub.config.lint.LoadedRoute.Kind.KAMELET;
import static io.caravan.hub.config.lint.LoadedRoute.Kind.POLICY;
import static io.caravan.hub.config.lint.LoadedRoute.Kind.ROUTE;

import io.caravan.hub.config.lint.LoadedRoute.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What loses work. */
final class LosingRules {

    private static final Set<Kind> ALL = EnumSet.allOf(Kind.class);
    private static final Set<String> BRANCHES = Set.of("split", "multicast", "recipientList");
    private static final Set<String> TIMED = Set.of("delay", "resequence", "sample");
    private static final Set<String> METERS = Set.of("log", "micrometer", "metrics");

    static final List<Rule> RULES = List.of(
            Rule.step(
                    "P01-memory-queue",
                    "A queue in memory loses what it holds when the process dies, and drops when it is full.",
                    "Insert an item with work: and read it with from: work.",
                    step -> Names.MEMORY_QUEUES.contains(step.to().scheme())),
            Rule.step(
                    "P01-thread-hop",
                    "What another thread does is lost on a kill and outside the unit that commits.",
                    "Let one thread do the item; insert an item of work for each part that may run beside it.",
                    step -> step.kind().equals("threads")
                            || step.is("parallelProcessing", "true")
                            || step.is("parallelAggregate", "true")
                            || !step.setting("executorService").isEmpty()
                                    && !step.kind().equals("wireTap")),
            Rule.step(
                    "P06-pausable",
                    "A pausable consumer moves on while it seems to stand.",
                    "Stop the route, or let the vendor's gate keep items back.",
                    step -> step.kind().equals("pausable") || step.kind().equals("resumable")),
            Rule.route(
                    "P10-dead-letter-channel",
                    "A dead letter channel makes a failure look handled, so the item ends as done.",
                    "Let the failure out: the delivery engine makes it a dead letter that can be edited and replayed.",
                    ALL,
                    route -> isDeadLetter(route)
                            && (route.isDurable() || route.policies().contains("work"))),
            Rule.route(
                    "P11-dead-letter-store",
                    "When the dead letter's own target fails, the message is gone and the source believes it done.",
                    "Set deadLetterHandleNewException to false.",
                    ALL,
                    route -> isDeadLetter(route)
                            && !route.errorHandler().is("deadLetterHandleNewException", "false")
                            && !route.isDurable()
                            && !route.policies().contains("work")),
            Rule.step(
                    "P12-branch-fails",
                    "A part that fails may be forgotten while the others go on.",
                    "Set stopOnException to true, or insert an item of work for each part.",
                    Set.of(ROUTE),
                    (route, step) -> route.isDurable()
                            && BRANCHES.contains(step.kind())
                            && !step.is("stopOnException", "true")
                            && !step.setting("aggregationStrategy").isEmpty()),
            Rule.step(
                    "P13-wire-tap",
                    "The route never learns that a wire tap failed.",
                    "Send an event with outbox:, or call the step; a wire tap may go to log and meters alone.",
                    step -> step.kind().equals("wireTap")
                            && !METERS.contains(step.to().scheme())),
            Rule.step(
                    "P14-once-only",
                    "A crash between the key and the step makes the next delivery vanish, or happen twice.",
                    "Let work: and effect: remember what was done; they do it in one commit.",
                    step -> step.kind().equals("idempotentConsumer")
                            || step.to().is("idempotent", "true")),
            Rule.bean(
                    "P17-repository",
                    "Repositories of keys forget (memory, Kafka), abort the transaction (JDBC) or trust clocks.",
                    "Let work: and effect: remember what was done.",
                    bean -> bean.type().contains("IdempotentRepository")
                            || bean.type().contains("MessageIdRepository")),
            Rule.step(
                    "P20-aggregate",
                    "Groups that are not complete yet are in memory: a kill loses them.",
                    "Count rows of the group in the database, in a step of work.",
                    step -> step.kind().equals("aggregate")),
            Rule.bean(
                    "P21-aggregation-repository",
                    "JDBC aggregation repositories fail on PostgreSQL, swallow stale removals and read Java objects.",
                    "Count rows of the group in the database, in a step of work.",
                    bean -> bean.type().contains("AggregationRepository")),
            Rule.step(
                    "P22-time-in-memory",
                    "What waits in memory is lost on a kill and holds a thread.",
                    "Give the item a time with the option dueIn of work:.",
                    EnumSet.of(ROUTE, POLICY),
                    (route, step) -> TIMED.contains(step.kind())),
            Rule.step(
                    "P23-swallow",
                    "A failure that durable work swallows ends the item as done.",
                    "Let the failure out; what must be cleaned up is an item of work (option onDead).",
                    EnumSet.of(ROUTE),
                    (route, step) -> route.isDurable() && step.kind().equals("doTry")),
            Rule.route(
                    "P23-handled",
                    "A handler that handles or continues ends durable work as done.",
                    "Give the route the configuration work, which has no onException.",
                    EnumSet.of(ROUTE, KAMELET),
                    route -> route.isDurable() && route.handlers().stream().anyMatch(LosingRules::handles)));

    private LosingRules() {}

    private static boolean isDeadLetter(LoadedRoute route) {
        return route.errorHandler().kind().startsWith("DeadLetter");
    }

    private static boolean handles(Step handler) {
        return says(handler, "handled") || says(handler, "continued");
    }

    private static boolean says(Step handler, String policy) {
        String value = handler.setting(policy);
        return !value.isEmpty() && !value.equals("false");
    }
}
