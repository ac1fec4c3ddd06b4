package io.caravan.hub.config.lint;

import static io.caravan.hub.config.lint.LoadedRoute.Kind.ROUTE;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What loses or doubles messages between a broker, a bucket or a table and the hub. */
final class BrokerRules {

    static final List<Rule> RULES = List.of(
            from(
                    "P03-kafka-commit",
                    "By default the offset moves on although the route failed.",
                    "Set autoCommitEnable=false, allowManualCommit=true and breakOnFirstError=true; insert, then commit.",
                    kafka -> !(kafka.is("autoCommitEnable", "false")
                            && kafka.is("allowManualCommit", "true")
                            && kafka.is("breakOnFirstError", "true"))),
            from(
                    "P03-kafka-poll-error",
                    "By default a poll that fails goes on behind the next record of each partition.",
                    "Set pollOnError=RETRY.",
                    kafka -> !kafka.is("pollOnError", "RETRY")),
            from(
                    "P04-kafka-batching",
                    "On Camel 4.17 a batch that failed is committed.",
                    "Leave batching away.",
                    kafka -> kafka.is("batching", "true")),
            from(
                    "P05-kafka-commit-factory",
                    "With a commit factory Camel 4.17 commits partitions that the route did not commit.",
                    "Leave kafkaManualCommitFactory away; allowManualCommit is enough.",
                    kafka -> kafka.has("kafkaManualCommitFactory")),
            from(
                    "P25-kafka-group",
                    "Without a group of its own every start skips messages, and each consumer gets all of them.",
                    "Set groupId and autoOffsetReset=earliest.",
                    kafka -> !kafka.has("groupId") || !kafka.is("autoOffsetReset", "earliest")),
            Rule.step(
                    "P26-kafka-iterator",
                    "A list becomes as many records as it has entries, an empty one none, without an error.",
                    "Set useIterator=false and send bytes or text.",
                    Set.of(ROUTE, LoadedRoute.Kind.KAMELET),
                    (route, step) -> step.sendsTo("kafka")
                            && !step.kind().equals("from")
                            && !step.to().is("useIterator", "false")),
            Rule.step(
                    "P37-kafka-transaction",
                    "A transaction of the broker and one of the database are two: either may be undone alone.",
                    "Send events with outbox:, which commits with the work.",
                    step -> step.sendsTo("kafka")
                            && (step.to().is("transacted", "true")
                                    || step.to().options().keySet().stream()
                                            .anyMatch(name -> name.contains("transactional")))),
            Rule.step(
                    "P27-bucket-delete",
                    "The object is deleted after a read that may have failed.",
                    "Set deleteAfterRead=false.",
                    step -> step.kind().equals("from")
                            && step.sendsTo("aws2-s3")
                            && !step.to().is("deleteAfterRead", "false")),
            Rule.step(
                    "P28-table-as-queue",
                    "Rows are marked as done after failures, and two nodes read the same ones.",
                    "Use from: work, which claims lanes with leases.",
                    step -> step.kind().equals("from")
                            && Names.ROWS.contains(step.to().scheme())));

    private BrokerRules() {}

    private static Rule from(String id, String what, String instead, Predicate<Address> bad) {
        return Rule.step(
                id, what, instead, step -> step.kind().equals("from") && step.sendsTo("kafka") && bad.test(step.to()));
    }
}
