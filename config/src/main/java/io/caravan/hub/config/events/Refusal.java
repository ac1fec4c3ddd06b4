package io.caravan.hub.config.events;

import io.caravan.hub.model.Causes;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Why the broker did not take an event.
 *
 * @param lasting no broker would take it, now or later
 * @param missing the broker does not have its topic
 * @param why what is wrong and what to do, for an operator
 */
record Refusal(boolean lasting, boolean missing, String why) {

    /** @param bytes of the record's value */
    static Refusal of(Throwable failure, String topic, int bytes) {
        if (is(failure, RecordTooLargeException.class)) {
            return lasting("topic " + topic + " does not take " + bytes + " bytes (its max.message.bytes): "
                    + failure.getMessage());
        }
        if (is(failure, InvalidTopicException.class)
                || is(failure, SerializationException.class)
                || is(failure, IllegalArgumentException.class)) {
            return lasting(String.valueOf(failure.getMessage()));
        }
        if (is(failure, UnknownTopicOrPartitionException.class)) {
            return new Refusal(false, true, missing(topic));
        }
        return new Refusal(false, false, passing(failure, topic));
    }

    private static Refusal lasting(String why) {
        return new Refusal(true, false, why);
    }

    private static String passing(Throwable failure, String topic) {
        if (is(failure, AuthenticationException.class)) {
            return login() + ": " + failure.getMessage();
        }
        if (is(failure, TopicAuthorizationException.class)) {
            return "the user may not write to topic " + topic + ", see the broker's ACLs: " + failure.getMessage();
        }
        return String.valueOf(failure.getMessage());
    }

    static String missing(String topics) {
        return "the broker has no topic " + topics
                + ": make it there, or let the broker make it (auto.create.topics.enable)";
    }

    static String login() {
        return "the broker refuses the login, see HUB_KAFKA_MECHANISM, HUB_KAFKA_USER and HUB_KAFKA_PASSWORD";
    }

    static boolean is(@Nullable Throwable failure, Class<? extends Throwable> type) {
        return Causes.find(failure, type) != null;
    }
}
