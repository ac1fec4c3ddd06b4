package io.caravan.hub.config.store.api;

import io.caravan.hub.config.accounts.Accounts;
import io.caravan.hub.config.web.Refusal;
import io.caravan.hub.connectors.egress.StandardWebhook;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.port.Connections;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Bean {@code scoredWebhook}: events about scored products. The account is the one whose connection {@code scorer} has the
 * secret that the request is signed with: nothing in the request says it.
 */
@Component("scoredWebhook")
public class ScoredWebhook {

    private static final Logger LOG = LoggerFactory.getLogger(ScoredWebhook.class);
    private static final String SCORER = "scorer";
    private final Supplier<List<AccountId>> accounts;
    private final Connections connections;
    private final Clock clock;

    @Autowired
    public ScoredWebhook(Accounts accounts, Connections connections, Clock clock) {
        this(accounts::active, connections, clock);
    }

    ScoredWebhook(Supplier<List<AccountId>> accounts, Connections connections, Clock clock) {
        this.accounts = accounts;
        this.connections = connections;
        this.clock = clock;
    }

    /**
     * Checks the signature over the raw bytes. Sets the variables {@code sender} (the account, whatever key may have come
     * along) and {@code eventId}.
     *
     * @throws Refusal 401 when no account's secret fits or the request is older than five minutes, which is also the answer
     *     when there is no secret at all
     */
    public void verify(Exchange exchange, @Body byte[] raw, @Headers Map<String, Object> headers) {
        for (AccountId account : accounts.get()) {
            String secrets = secrets(account);
            if (!secrets.isBlank() && fits(account, secrets, headers, raw)) {
                exchange.setVariable("sender", account);
                exchange.setVariable("eventId", StandardWebhook.id(headers));
                return;
            }
        }
        throw Refusal.of(
                401,
                "signature-invalid",
                "the request is not signed with a secret that is known here, or not now",
                Map.of());
    }

    private boolean fits(AccountId account, String secrets, Map<String, Object> headers, byte[] raw) {
        try {
            return new StandardWebhook(secrets).verify(headers, clock.instant(), raw);
        } catch (IllegalArgumentException e) {
            LOG.warn("The connection scorer of account {} cannot be used: {}", account, e.getMessage());
            return false;
        }
    }

    private String secrets(AccountId account) {
        try {
            return connections.has(account, SCORER)
                    ? connections.use(account, SCORER).secrets().getOrDefault("webhookSecret", "")
                    : "";
        } catch (VendorException notUsableNow) {
            return "";
        }
    }
}
