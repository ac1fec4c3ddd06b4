package io.caravan.hub.config.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class RenewedProducersTest {

    private static final ProducerRecord<String, String> RECORD = new ProducerRecord<>("hub.listing.live.v1", "k", "v");

    private final List<MockProducer<String, String>> made = new ArrayList<>();
    private final Producer<String, String> producer = producer();

    @SuppressWarnings("unchecked")
    private Producer<String, String> producer() {
        return (Producer<String, String>) RenewedProducers.renewed(() -> {
            MockProducer<String, String> mock =
                    new MockProducer<>(false, null, new StringSerializer(), new StringSerializer());
            made.add(mock);
            return mock;
        });
    }

    @Test
    void shouldSendWithAnotherAfterTheLoginWasRefused() throws Exception {
        made.get(0).sendException = new KafkaException("in an error state", new SaslAuthenticationException("no"));
        assertThatThrownBy(() -> producer.send(RECORD)).isInstanceOf(KafkaException.class);

        Future<?> sent = producer.send(RECORD);

        assertThat(made).hasSize(2);
        assertThat(made.get(0).closed()).isTrue();
        made.get(1).completeNext();
        assertThat(sent.get()).isNotNull();
    }

    @Test
    void shouldHearOfARefusalThatComesLater() {
        List<Exception> told = new ArrayList<>();
        Future<?> sent = producer.send(RECORD, (metadata, failure) -> told.add(failure));
        made.get(0).errorNext(new SaslAuthenticationException("no"));
        assertThatThrownBy(sent::get).isInstanceOf(ExecutionException.class);
        assertThat(told).singleElement().isInstanceOf(SaslAuthenticationException.class);

        producer.send(RECORD);

        assertThat(made).hasSize(2);
    }

    @Test
    void shouldGiveTheRefusalAsTheReasonOfWhatWasUnderWayWithTheBrokenOne() {
        Future<?> refused = producer.send(RECORD);
        Future<?> underWay = producer.send(RECORD);
        made.get(0).errorNext(new SaslAuthenticationException("no"));
        producer.send(RECORD);

        made.get(0).errorNext(new KafkaException("closed"));

        assertThat(made).hasSize(2);
        for (Future<?> one : List.of(refused, underWay)) {
            assertThatThrownBy(one::get).hasRootCauseInstanceOf(SaslAuthenticationException.class);
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void shouldHoldNothingThatAThreadNeedsWhichTellsOfAFailure() {
        List<Thread> telling = new ArrayList<>();
        Producer<String, String> joining = (Producer<String, String>) RenewedProducers.renewed(() ->
                new MockProducer<String, String>(false, null, new StringSerializer(), new StringSerializer()) {
                    @Override
                    public void close(Duration limit) {
                        // as Kafka's does: it joins the thread that fails what is under way
                        Thread thread = new Thread(() -> errorNext(new KafkaException("closed")));
                        telling.add(thread);
                        thread.start();
                        try {
                            thread.join(20_000);
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                        assertThat(thread.isAlive()).isFalse();
                    }

                    {
                        made.add(this);
                    }
                });
        joining.send(RECORD);
        Future<?> underWay = joining.send(RECORD);
        made.get(1).errorNext(new SaslAuthenticationException("no"));

        joining.send(RECORD);

        assertThat(telling).hasSize(1);
        assertThatThrownBy(underWay::get).hasRootCauseInstanceOf(SaslAuthenticationException.class);
    }

    @Test
    void shouldKeepOneThatGetsOverItByItself() {
        for (RuntimeException passing : List.of(new TimeoutException("later"), new RecordTooLargeException("less"))) {
            producer.send(RECORD);
            made.get(0).errorNext(passing);
        }
        producer.send(RECORD);
        producer.close();
        assertThat(made)
                .singleElement()
                .satisfies(mock -> assertThat(mock.closed()).isTrue());
    }
}
