package io.caravan.hub.config.store;

import io.caravan.hub.connectors.sendgrid.MailEvent;
import io.caravan.hub.connectors.sendgrid.MailReceipts;
import io.caravan.hub.connectors.sendgrid.SendGridEventMapper;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.port.Writes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What became of the mails that the hub sent, as their vendor's signed events tell. */
@Component("mailReceipts")
public class MailEvents implements MailReceipts {

    private final JdbcClient reads;
    private final Writes writes;
    private final SendGridEventMapper mapper = new SendGridEventMapper();

    public MailEvents(JdbcClient reads, Writes writes) {
        this.reads = reads;
        this.writes = writes;
    }

    @Override
    public Optional<String> seen(String reference) {
        return reads.sql("select message_id from mail_event where reference = ? order by at limit 1")
                .param(reference)
                .query(String.class)
                .optional();
    }

    /** Body in: {@code {event_id, raw}}, the payload of {@code mail.event}; out: its events. */
    public List<MailEvent> events(@Body Map<String, Object> payload) {
        return mapper.events(String.valueOf(payload.get("raw")).getBytes(StandardCharsets.UTF_8));
    }

    /** Keeps each event once, however often and under whatever id it came. */
    public void record(@Variable("account") AccountId account, @Body List<MailEvent> events) {
        writes.write("mail events", connection -> {
            for (MailEvent event : events) {
                Sql.update(
                        connection,
                        "insert into mail_event (account, dedupe_key, reference, message_id, kind, email_hash, reason, at)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
                        account.value(),
                        event.dedupeKey(),
                        cut(event.hubMessageId(), 64),
                        cut(event.messageId(), 200),
                        cut(event.kind(), 40),
                        event.emailHash(),
                        cut(event.reason(), 500),
                        event.at());
            }
        });
    }

    private static String cut(String text, int max) {
        return text.length() > max ? text.substring(0, max) : text;
    }
}
