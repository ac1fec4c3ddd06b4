package io.caravan.hub.connectors.sendgrid;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caravan.hub.model.Checks;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import io.caravan.hub.model.connection.Connection;
import io.caravan.hub.model.delivery.VendorObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;

/** A mail to the vendor's body, its receipt to a {@link VendorObject}. */
public final class SendGridMapper {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Shape: in, a {@link MailMessage} or a map of its fields; out, the JSON body of {@code POST /v3/mail/send}. The
     * reference goes along as {@code custom_args.hub_message_id}, which every event of this mail brings back.
     *
     * @throws IllegalArgumentException naming what is wrong with the mail
     */
    public byte[] request(
            @Body Object body, @Variable("connection") Connection connection, @Variable("reference") String reference)
            throws JsonProcessingException {
        MailMessage mail = body instanceof MailMessage ready
                ? ready
                : body instanceof Map<?, ?> map ? MailMessage.of(map) : refuse(body);
        ObjectNode request = JSON.createObjectNode();
        ObjectNode personal = request.putArray("personalizations").addObject();
        ArrayNode to = personal.putArray("to");
        mail.to().forEach(address -> to.addObject().put("email", address));
        personal.putObject("custom_args").put("hub_message_id", Checks.id("reference", reference));
        request.set("from", sender(connection));
        String replyTo = connection.settingOr("replyTo", "");
        if (!replyTo.isEmpty()) {
            request.putObject("reply_to").put("email", replyTo);
        }
        if (mail.templateId().isEmpty()) {
            content(request, mail);
        } else {
            request.put("template_id", mail.templateId());
            personal.set("dynamic_template_data", JSON.valueToTree(mail.templateData()));
        }
        if (!mail.category().isEmpty()) {
            request.putArray("categories").add(mail.category());
        }
        if (validates(connection)) {
            request.putObject("mail_settings").putObject("sandbox_mode").put("enable", true);
        }
        return JSON.writeValueAsBytes(request);
    }

    /**
     * Shape: in, the empty answer and its headers; out, id = X-Message-Id ("" when it is missing), state =
     * {@code accepted}, or {@code validated} when the vendor was told not to deliver.
     *
     * @throws VendorException of kind TRANSIENT, the outcome being unknown, for any other success than the vendor's own
     *     202: it is a page of something that stands in between
     */
    public VendorObject sent(
            @Header("X-Message-Id") @Nullable String messageId,
            @Header(Exchange.HTTP_RESPONSE_CODE) int status,
            @Variable("connection") Connection connection) {
        if (status != 202 && !validates(connection)) {
            throw new VendorException(
                    ErrorKind.TRANSIENT,
                    "sendgrid",
                    "unreadable",
                    status,
                    "answered " + status + " where it takes a mail with 202; the mail may have gone out",
                    "");
        }
        String id = messageId == null || !messageId.matches("[A-Za-z0-9_.-]{1,100}") ? "" : messageId;
        return new VendorObject(id, status == 202 ? "accepted" : "validated", Map.of());
    }

    /** Shape: in, what {@link MailReceipts} knows; out, no mail or one. */
    public List<VendorObject> found(@Body Optional<?> receipt) {
        return receipt.map(id -> new VendorObject(id.toString(), "processed", Map.of())).stream()
                .toList();
    }

    private static boolean validates(Connection connection) {
        return connection.settingOr("sandboxMode", "false").equals("true");
    }

    private static void content(ObjectNode request, MailMessage mail) {
        request.put("subject", mail.subject());
        ArrayNode content = request.putArray("content");
        // the vendor wants plain text before HTML
        if (!mail.text().isBlank()) {
            content.addObject().put("type", "text/plain").put("value", mail.text());
        }
        if (!mail.html().isBlank()) {
            content.addObject().put("type", "text/html").put("value", mail.html());
        }
    }

    private static ObjectNode sender(Connection connection) {
        ObjectNode from = JSON.createObjectNode().put("email", connection.setting("fromEmail"));
        String name = connection.settingOr("fromName", "");
        return name.isEmpty() ? from : from.put("name", name);
    }

    private static MailMessage refuse(@Nullable Object body) {
        String kind = body == null ? "nothing" : body.getClass().getSimpleName();
        throw new IllegalArgumentException("a mail is a MailMessage or a map of its fields, not " + kind);
    }
}
