package io.caravan.hub.config.store.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import io.caravan.hub.config.web.Refusal;
import io.caravan.hub.connectors.delivery.inbox.Inbox;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.connection.Mode;
import io.caravan.hub.model.port.Connections;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class MailWebhookTest {

    private static final AccountId FIRST = new AccountId("first");
    private static final AccountId SECOND = new AccountId("second");
    private static final byte[] RAW = "[{\"event\":\"delivered\"}]\r\n".getBytes(StandardCharsets.UTF_8);

    private final Map<AccountId, KeyPair> keys = new HashMap<>();
    private final Inbox inbox = mock(Inbox.class);
    private final MailWebhook webhook = new MailWebhook(() -> List.of(FIRST, SECOND), new Keys(keys), inbox);
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @Test
    void shouldFindTheAccountByTheKeyThatTheRequestIsSignedWith() throws Exception {
        keys.put(FIRST, pair());
        KeyPair second = pair();
        keys.put(SECOND, second);

        webhook.verify(exchange, RAW, signed(second, RAW));

        assertThat(exchange.getVariable("sender")).isEqualTo(SECOND);
    }

    @Test
    void shouldRefuseWhatNobodysKeySigned() throws Exception {
        keys.put(FIRST, pair());
        Map<String, Object> stranger = signed(pair(), RAW);
        Map<String, Object> changed =
                signed(java.util.Objects.requireNonNull(keys.get(FIRST)), "[]".getBytes(StandardCharsets.UTF_8));

        for (Map<String, Object> headers : List.of(stranger, changed, Map.<String, Object>of())) {
            assertThatThrownBy(() -> webhook.verify(exchange, RAW, headers))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.problem().status()).isEqualTo(401));
        }
        assertThat(exchange.getVariable("sender")).isNull();
    }

    @Test
    void shouldRefuseEverythingWhileNoKeyIsKnown() throws Exception {
        Map<String, Object> headers = signed(pair(), RAW);

        assertThatThrownBy(() -> webhook.verify(exchange, RAW, headers)).isInstanceOf(Refusal.class);
    }

    @Test
    void shouldTakeInTheRawBytesUnderTheirHash() {
        webhook.receive(FIRST, RAW);

        verify(inbox)
                .receive(argThat(event -> event.account().equals(FIRST)
                        && event.raw() == RAW
                        && event.signatureOk()
                        && event.eventId().length() == 64
                        && event.work() != null
                        && event.work().type().equals("mail.event")));
    }

    private static KeyPair pair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static Map<String, Object> signed(KeyPair pair, byte[] raw) throws GeneralSecurityException {
        String timestamp = String.valueOf(Instant.now().getEpochSecond());
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(timestamp.getBytes(StandardCharsets.US_ASCII));
        signature.update(raw);
        return Map.of(
                "X-Twilio-Email-Event-Webhook-Signature",
                Base64.getEncoder().encodeToString(signature.sign()),
                "X-Twilio-Email-Event-Webhook-Timestamp",
                timestamp);
    }

    private record Keys(Map<AccountId, KeyPair> keys) implements Connections {

        @Override
        public Connection use(AccountId account, String vendor) {
            KeyPair pair = keys.get(account);
            if (pair == null) {
                throw new VendorException(ErrorKind.UNAUTHORISED, vendor, "none", 0, "no connection", "");
            }
            String key = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
            return new Connection(
                    "c1",
                    account,
                    vendor,
                    Mode.SANDBOX,
                    URI.create("http://127.0.0.1"),
                    Map.of(),
                    Map.of("webhookPublicKey", key));
        }

        @Override
        public boolean has(AccountId account, String vendor) {
            return true;
        }

        @Override
        public Connection renewed(Connection stale) {
            return stale;
        }
    }
}
