package io.caravan.hub.config.events;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/**
 * Producers that get over everything. An idempotent one whose login was refused while it asked for its number is in an error
 * state until it is closed (Kafka's {@code TransactionManager.authenticationFailed}), and Camel never makes another.
 */
final class RenewedProducers extends DefaultKafkaClientFactory {

    /** What a producer does not get over, or what one says that has not. */
    private static final List<Class<? extends Exception>> LASTING = List.of(
            AuthenticationException.class,
            ClusterAuthorizationException.class,
            UnsupportedVersionException.class,
            IllegalStateException.class);

    @Override
    @SuppressWarnings("rawtypes")
    public Producer getProducer(Properties settings) {
        return renewed(() -> super.getProducer(settings));
    }

    /** @param fresh makes the first one and each that takes the place of a broken one */
    @SuppressWarnings({"rawtypes", "unchecked"})
    static Producer renewed(Supplier<? extends Producer> fresh) {
        Renewed renewed = new Renewed((Supplier<Producer<Object, Object>>) fresh);
        return (Producer) Proxy.newProxyInstance(
                Producer.class.getClassLoader(),
                new Class<?>[] {Producer.class},
                (proxy, method, arguments) -> renewed.call(method, arguments));
    }

    private static final class Renewed {

        private final Supplier<Producer<Object, Object>> fresh;
        private Producer<Object, Object> producer;
        private @Nullable Exception broken;
        private @Nullable Exception before;

        Renewed(Supplier<Producer<Object, Object>> fresh) {
            this.fresh = fresh;
            this.producer = fresh.get();
        }

        @Nullable
        Object call(Method method, Object @Nullable [] arguments) throws Throwable {
            if (method.getName().equals("send") && arguments != null) {
                return send(arguments);
            }
            Producer<Object, Object> now;
            synchronized (this) {
                now = producer;
            }
            try {
                return method.invoke(now, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
            }
        }

        @SuppressWarnings("unchecked")
        private Future<RecordMetadata> send(Object[] arguments) {
            Producer<Object, Object> now = whole();
            Callback told = arguments.length > 1 ? (Callback) arguments[1] : null;
            CompletableFuture<RecordMetadata> sent = new CompletableFuture<>();
            Callback both = (metadata, failure) -> {
                Exception why = failure == null ? null : judged(now, failure);
                if (told != null) {
                    told.onCompletion(metadata, why);
                }
                if (why == null) {
                    sent.complete(metadata);
                } else {
                    sent.completeExceptionally(why);
                }
            };
            try {
                now.send((ProducerRecord<Object, Object>) arguments[0], both);
            } catch (KafkaException | IllegalStateException e) {
                throw new KafkaException(e.getMessage(), judged(now, e));
            }
            return sent;
        }

        /** What is under way with a broken one fails with it, and is told again. */
        private Producer<Object, Object> whole() {
            Producer<Object, Object> now;
            Producer<Object, Object> old = null;
            synchronized (this) {
                if (broken != null) {
                    old = producer;
                    producer = fresh.get();
                    before = broken;
                    broken = null;
                }
                now = producer;
            }
            if (old != null) {
                // without the lock: it waits for its thread, which may be on its way to say what failed
                old.close(Duration.ZERO);
            }
            return now;
        }

        /** Of what was under way with one that was closed the reason is why it was. */
        private synchronized Exception judged(Producer<Object, Object> which, Exception failure) {
            if (which != producer && before != null) {
                return before;
            }
            if (LASTING.stream().anyMatch(type -> Refusal.is(failure, type))) {
                broken = failure;
            }
            return failure;
        }
    }
}
