package io.caravan.hub.connectors.sendgrid.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.caravan.hub.connectors.sandbox.SandboxState;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** What the vendor finds wrong with a mail: all of it at once, each with its field. */
final class MailCheck {

    private static final Set<String> FIELDS = Set.of(
            "personalizations",
            "from",
            "reply_to",
            "reply_to_list",
            "subject",
            "content",
            "attachments",
            "template_id",
            "headers",
            "categories",
            "custom_args",
            "send_at",
            "batch_id",
            "asm",
            "ip_pool_name",
            "mail_settings",
            "tracking_settings");
    private static final Set<String> PERSONAL = Set.of(
            "from",
            "to",
            "cc",
            "bcc",
            "subject",
            "headers",
            "substitutions",
            "dynamic_template_data",
            "custom_args",
            "send_at");
    private static final int MOST_CUSTOM_ARGS = 10_000;

    private final ArrayNode errors = SandboxState.object().putArray("errors");
    private final JsonNode mail;

    private MailCheck(JsonNode mail) {
        this.mail = mail;
    }

    /** Empty when the mail is right. */
    static ArrayNode errors(JsonNode mail) {
        MailCheck check = new MailCheck(mail);
        check.fields();
        check.recipients();
        check.content();
        check.limits();
        return check.errors;
    }

    private void fields() {
        mail.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                error("Additional property " + name + " is not allowed", "(root)");
            }
        });
        address(mail.path("from"), "from", true);
        if (mail.has("reply_to")) {
            address(mail.path("reply_to"), "reply_to", false);
        }
    }

    private void recipients() {
        JsonNode all = mail.path("personalizations");
        if (!all.isArray() || all.isEmpty()) {
            error(
                    "The personalizations field is required and must have at least one personalization.",
                    "personalizations");
            return;
        }
        if (all.size() > 1_000) {
            error("There are too many personalizations, the maximum is 1000.", "personalizations");
        }
        for (int i = 0; i < all.size(); i++) {
            personal(all.get(i), "personalizations." + i);
        }
    }

    private void personal(JsonNode one, String at) {
        one.fieldNames().forEachRemaining(name -> {
            if (!PERSONAL.contains(name)) {
                error("Additional property " + name + " is not allowed", at);
            }
        });
        if (!one.path("to").isArray() || one.path("to").isEmpty()) {
            error(
                    "The to array is required for all personalization objects, and must have at least one email object"
                            + " with a valid email address.",
                    at + ".to");
        }
        Set<String> seen = new HashSet<>();
        for (String kind : new String[] {"to", "cc", "bcc"}) {
            int i = 0;
            for (JsonNode recipient : one.path(kind)) {
                address(recipient, at + "." + kind + "." + i++, false);
                String email = recipient.path("email").asText().toLowerCase(Locale.ROOT);
                if (!seen.add(email)) {
                    error(
                            "Each email address in the personalization block should be unique between to, cc, and bcc."
                                    + " We found the first duplicate instance of [" + email + "] in the " + at + "."
                                    + kind + " field.",
                            "personalizations");
                }
            }
        }
        if (dynamic() && one.has("substitutions")) {
            error("Substitutions may not be used with dynamic templating", at + ".substitutions");
        }
        if (one.path("custom_args").toString().length() > MOST_CUSTOM_ARGS) {
            error("The custom_args are too large, the maximum is 10000 bytes.", at + ".custom_args");
        }
        if (one.has("custom_args") && !one.path("custom_args").isObject()) {
            error("The custom_args must be an object.", at + ".custom_args");
        }
    }

    private void content() {
        if (mail.path("template_id").asText().isEmpty()) {
            boolean subject = mail.path("personalizations").findValue("subject") != null
                    || !mail.path("subject").asText().isBlank();
            if (!subject) {
                error(
                        "The subject is required. You can get around this requirement if you use a template with a"
                                + " subject defined or if every personalization has a subject defined.",
                        "subject");
            }
            if (!mail.path("content").isArray() || mail.path("content").isEmpty()) {
                error(
                        "Unless a valid template_id is provided, the content parameter is required. There must be at"
                                + " least one defined content block. We typically suggest both text/plain and text/html"
                                + " blocks are included, but only one block is required.",
                        "content");
            }
        }
        int i = 0;
        String before = "";
        for (JsonNode part : mail.path("content")) {
            String type = part.path("type").asText();
            if (part.path("value").asText().isEmpty()) {
                error(
                        "The content value must be a string at least one character in length.",
                        "content." + i + ".value");
            }
            if (type.equals("text/plain") && !before.isEmpty()) {
                error(
                        "If present, text/plain must be first, followed by text/html, followed by any other content.",
                        "content");
            }
            before = type;
            i++;
        }
    }

    private void limits() {
        if (mail.path("categories").size() > 10) {
            error("There are too many categories, the maximum is 10.", "categories");
        }
        long sendAt = mail.path("send_at").asLong(0);
        if (sendAt > System.currentTimeMillis() / 1_000 + 72 * 3_600) {
            error("Scheduling more than 72 hours in advance is forbidden.", "send_at");
        }
    }

    private boolean dynamic() {
        return mail.path("template_id").asText().startsWith("d-");
    }

    private void address(JsonNode address, String at, boolean from) {
        if (from && !address.isObject()) {
            error(
                    "The from object must be provided for every email send. It is an object that requires the email"
                            + " parameter, but may also contain a name parameter.",
                    "from.email");
            return;
        }
        if (!address.path("email").asText().matches("[^\\s@<>\"]{1,64}@[^\\s@<>\"]+\\.[^\\s@<>\"]+")) {
            error("Does not contain a valid address.", at + ".email");
        }
    }

    /** Without the {@code help} link: the vendor sends a text there, its own document wants an object. */
    private void error(String message, String field) {
        errors.addObject().put("message", message).put("field", field);
    }
}
