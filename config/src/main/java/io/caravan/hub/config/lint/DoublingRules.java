package io.caravan.hub.config.lint;

import static io.caravan.hub.config.lint.LoadedRoute.Kind.KAMELET;
import static io.caravan.hub.config.lint.LoadedRoute.Kind.POLICY;
import static io.caravan.hub.config.lint.LoadedRoute.Kind.ROUTE;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What does something twice. */
final class DoublingRules {

    private static final Pattern NEW_EACH_TIME =
            Pattern.compile("\\$\\{(exchangeId|messageId|originalMessageId|uuid|random|date:now|header\\.breadcrumb)");
    private static final Set<String> KEYS = Set.of("key", "aggregate", "slot");
    private static final Set<String> RAM_CLOCKS = Set.of("timer", "scheduler", "cron", "spring-cron");

    static final List<Rule> RULES = List.of(
            Rule.step(
                    "P31-plain-http",
                    "A call from a route has no reference, no budget and no look-up: a time-out means doing it twice.",
                    "Change things by effect:, read by kamelet:http-request-action or a vendor's own Kamelet.",
                    EnumSet.of(ROUTE, POLICY),
                    (route, step) -> step.to().isHttp()),
            HttpRules.option(
                    "P31-http-retries",
                    "The HTTP client would send a request again by itself after 429 and 503, a POST too.",
                    "Leave the client's own options away: the egress policy sets them for every call.",
                    address -> address.is("automaticRetriesDisabled", "false") || HttpRules.touchesClient(address)),
            Rule.route(
                    "P32-effect-again",
                    "Redelivery does the effect's step again, and every step before it.",
                    "Give the route the configuration work: the delivery engine says when to try again.",
                    Set.of(ROUTE),
                    route -> route.hasEffect() && route.repeats()),
            Rule.route(
                    "P32-repeats-for-ever",
                    "Camel counts repetitions in a header that Kamelets take away: the count never ends.",
                    "Say maximumRedeliveries 0, or by retryWhile and onRedeliveryRef when to stop.",
                    EnumSet.allOf(LoadedRoute.Kind.class),
                    route -> route.is(POLICY) && route.handlers().stream().anyMatch(DoublingRules::unbounded)
                            || route.steps().stream()
                                    .anyMatch(step -> step.kind().equals("onException") && unbounded(step))),
            Rule.route(
                    "P33-effect-in-work",
                    "A vendor's call on the thread of a request, a broker or a clock is repeated when that one gives up waiting.",
                    "Insert an item with work: and let a route that begins with from: work do the effect.",
                    Set.of(ROUTE),
                    route -> route.hasEffect() && !route.policies().contains("work")),
            Rule.step(
                    "P36-transacted",
                    "Half of a transacted route commits when a handler or another thread is in it.",
                    "Write inside policy accept or work:, whose one commit holds all.",
                    step -> step.kind().equals("transacted")),
            Rule.step(
                    "P38-saga",
                    "A saga's state is in memory: after a crash nothing is taken back.",
                    "Take back by an item of work (option onDead, an effect's cancel).",
                    step -> step.kind().equals("saga") || step.sendsTo("saga")),
            Rule.step(
                    "P39-clock",
                    "A clock in memory fires on every node and forgets what it missed.",
                    "Use quartz:, and slot at the work that it inserts.",
                    step -> step.kind().equals("from")
                            && RAM_CLOCKS.contains(step.to().scheme())),
            Rule.route(
                    "P39-slot",
                    "Each node and each restart inserts the same tick's work once more.",
                    "Give work: the option slot with the schedule's name.",
                    Set.of(ROUTE),
                    route -> route.from().sendsTo("quartz")
                            && route.steps().stream()
                                    .anyMatch(step -> step.sendsTo("work")
                                            && !step.around().contains("split")
                                            && !step.to().has("slot"))),
            Rule.step(
                    "P40-leader",
                    "A leader that was paused wakes up and acts beside the new one.",
                    "Use from: work: its lanes have fences.",
                    step -> step.sendsTo("master") || step.sendsTo("zookeeper-master")),
            Rule.step(
                    "P41-new-key",
                    "A key that is new each time cannot tell a repetition from a new wish.",
                    "Make it from the business: an id of the body or a variable.",
                    Set.of(ROUTE, KAMELET),
                    (route, step) -> (step.sendsTo("work") || step.sendsTo("effect"))
                            && step.to().options().entrySet().stream()
                                    .anyMatch(option -> KEYS.contains(option.getKey())
                                            && NEW_EACH_TIME
                                                    .matcher(option.getValue())
                                                    .find())),
            Rule.step(
                    "P41-new-value",
                    "Durable work runs again from its start; what is random then is another request.",
                    "Take the value from the item, or make it from its id.",
                    Set.of(ROUTE),
                    (route, step) -> route.isDurable()
                            && !step.sendsTo("work")
                            && !step.sendsTo("effect")
                            && step.texts()
                                    .anyMatch(
                                            text -> NEW_EACH_TIME.matcher(text).find())),
            Rule.step(
                    "P42-original-message",
                    "After a split or an enrich the original message has lost its ids.",
                    "Leave useOriginalMessage away: the item's payload is in the database.",
                    EnumSet.allOf(LoadedRoute.Kind.class),
                    (route, step) -> step.is("useOriginalMessage", "true") || step.is("useOriginalBody", "true")));

    private DoublingRules() {}

    private static boolean unbounded(Step handler) {
        boolean never = handler.is("redeliveryPolicyType.maximumRedeliveries", "0");
        boolean counted = handler.settings().containsKey("retryWhile")
                && !handler.setting("onRedeliveryRef").isEmpty();
        return !never && !counted;
    }
}
