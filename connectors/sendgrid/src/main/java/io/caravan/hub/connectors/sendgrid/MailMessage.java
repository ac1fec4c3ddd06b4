package io.caravan.hub.connectors.sendgrid;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One mail. Its sender comes from the connection, never from here. Either {@code templateId} or a subject and at least
 * one of {@code text} and {@code html}.
 *
 * @param to one address or more; each sees the others
 * @param templateId of a dynamic template, begins with {@code d-}; empty for none
 * @param category for the vendor's statistics; empty for none
 */
public record MailMessage(
        List<String> to,
        String subject,
        String text,
        String html,
        String templateId,
        Map<String, Object> templateData,
        String category) {

    public MailMessage {
        to = to.stream().distinct().toList(); // the vendor refuses a mail that names an address twice
        templateData = Map.copyOf(templateData);
        if (to.isEmpty() || to.size() > 1_000) {
            throw new IllegalArgumentException("to must name 1 to 1000 addresses, names " + to.size());
        }
        if (to.stream().anyMatch(address -> !address.matches("[^\\s@<>\"]{1,64}@[^\\s@<>\"]{1,255}"))) {
            throw new IllegalArgumentException("to holds something that is no e-mail address");
        }
        if (!templateId.isEmpty() && !templateId.matches("d-[A-Za-z0-9]{1,64}")) {
            throw new IllegalArgumentException("template_id must begin with d-");
        }
        if (templateId.isEmpty() && (subject.isBlank() || text.isBlank() && html.isBlank())) {
            throw new IllegalArgumentException("a mail needs template_id, or subject and text or html");
        }
        if (subject.length() > 998 || subject.matches("(?s).*[\\r\\n].*")) {
            throw new IllegalArgumentException("subject must be one line of at most 998 characters");
        }
    }

    /**
     * Shape: {@code {to: [..] or "..", subject, text, html, template_id, template_data, category}}; what is missing is
     * empty, what is unknown is left alone.
     */
    static MailMessage of(Map<?, ?> map) {
        List<String> to = new ArrayList<>();
        if (map.get("to") instanceof List<?> many) {
            many.forEach(one -> to.add(String.valueOf(one)));
        } else if (map.get("to") instanceof String one) {
            to.add(one);
        }
        Map<String, Object> data = new LinkedHashMap<>();
        if (map.get("template_data") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> data.put(String.valueOf(name), value == null ? "" : value));
        }
        return new MailMessage(
                to,
                text(map.get("subject")),
                text(map.get("text")),
                text(map.get("html")),
                text(map.get("template_id")),
                data,
                text(map.get("category")));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
