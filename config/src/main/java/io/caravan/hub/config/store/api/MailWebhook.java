package io.caravan.hub.config.store.api;

import io.caravan.hub.config.accounts.Accounts;
import io.caravan.hub.config.web.Refusal;
import io.caravan.hub.connectors.delivery.inbox.Inbox;
import io.caravan.hub.connectors.delivery.inbox.InboxEvent;
import io.caravan.hub.connectors.delivery.work.NewWork;
import io.caravan.hub.connectors.sendgrid.SendGridWebhook;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.Refs;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.port.Connections;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Headers;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * SendGrid's event webhook. The account is the one whose connection has the key that the request is signed with: nothing
 * in the request says it.
 */
@Component("mailWebhook")
public class MailWebhook {

    private static final String VENDOR = "sendgrid";

    private final Supplier<List<AccountId>> accounts;
    private final Connections connections;
    private final Inbox inbox;

    @Autowired
    public MailWebhook(Accounts accounts, Connections connections, Inbox inbox) {
        this(accounts::active, connections, inbox);
    }

    MailWebhook(Supplier<List<AccountId>> accounts, Connections connections, Inbox inbox) {
        this.accounts = accounts;
        this.connections = connections;
        this.inbox = inbox;
    }

    /**
     * Checks the signature over the raw bytes and sets the variable {@code sender}, the account, whatever key may have come
     * along.
     *
     * @throws Refusal 401 when no account's key fits, which is also the answer when there is no key at all
     */
    public void verify(Exchange exchange, @Body byte @Nullable [] raw, @Headers Map<String, Object> headers) {
        for (AccountId account : accounts.get()) {
            String keys = keys(account);
            if (!keys.isBlank() && new SendGridWebhook(keys).verify(bytes(raw), headers)) {
                exchange.setVariable("sender", account);
                return;
            }
        }
        throw Refusal.of(401, "signature-invalid", "the request is not signed with a key that is known here", Map.of());
    }

    private String keys(AccountId account) {
        try {
            return connections.has(account, VENDOR)
                    ? connections.use(account, VENDOR).settingOr("webhookPublicKey", "")
                    : "";
        } catch (VendorException notUsableNow) {
            return "";
        }
    }

    private static byte[] bytes(byte @Nullable [] raw) {
        return raw == null ? new byte[0] : raw;
    }

    /**
     * Takes the request in, once however often it is sent. The work {@code mail.event} has {@code {event_id, raw}}.
     *
     * @throws Refusal 400 when there is nothing in it
     */
    public void receive(@Variable("account") AccountId account, @Body byte @Nullable [] raw) {
        if (raw == null || raw.length == 0) {
            throw Refusal.of(400, "invalid-request", "the body is empty", Map.of());
        }
        String id = Refs.sha256Hex(raw);
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("event_id", id);
        payload.put("raw", new String(raw, StandardCharsets.UTF_8));
        NewWork work = NewWork.of(account, "mail.event", "mail", payload);
        inbox.receive(new InboxEvent(VENDOR, account, id, raw, true, work, null));
    }
}
