package io.caravan.hub.config.binding;

import io.caravan.hub.config.files.AutopilotFile;
import io.caravan.hub.config.files.BadFile;
import io.caravan.hub.config.files.HubFiles;
import io.caravan.hub.config.files.MailText;
import io.caravan.hub.model.AccountId;
import io.caravan.hub.model.delivery.VendorObject;
import io.caravan.hub.model.listing.Offer;
import io.caravan.hub.model.port.Connections;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bean {@code notices}: events about listings, and the mails that tell of them. A notice's text is the file
 * {@code mails/<notice>.txt}: its first line is the subject, Mustache fills in the event's members.
 */
public class Notices {

    private static final String SENDER = "sendgrid";

    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

    private final Map<String, MailText> lastGood = new ConcurrentHashMap<>();
    private final HubFiles files;
    private final AutopilotFile autopilot;
    private final Connections connections;

    Notices(HubFiles files, AutopilotFile autopilot, Connections connections) {
        this.files = files;
        this.autopilot = autopilot;
        this.connections = connections;
    }

    public Map<String, Object> listingLive(
            @Variable("item") Map<String, Object> item,
            @Variable("offer") Offer offer,
            @Variable("live") VendorObject live) {
        Map<String, Object> event = event("listing-live", "live", item);
        event.put("title", offer.title());
        event.put("price", offer.price().toString());
        event.put("url", String.valueOf(live.facts().getOrDefault("url", "")));
        return event;
    }

    /** @param work what found out that it failed: a listing may fail again, and each time is told */
    public Map<String, Object> listingFailed(
            @Variable("item") Map<String, Object> item, @Variable("workId") String work) {
        Map<String, Object> event = event("listing-failed", "failed-" + work, item);
        event.put("cause", String.valueOf(item.getOrDefault("reason", "unknown")));
        return event;
    }

    /** The mail to send, null when the account wants none or has nobody to send it to. */
    public @Nullable Map<String, Object> mail(
            @Variable("account") AccountId account, @Variable("item") Map<String, Object> notice) {
        if (!autopilot.of(account).mail() || !connections.has(account, SENDER)) {
            return null;
        }
        String to = connections.use(account, SENDER).settingOr("to", "");
        if (to.isBlank()) {
            return null;
        }
        String name = io.caravan.hub.model.Checks.id("notice", String.valueOf(notice.get("notice")));
        MailText.Filled mail = text(name).fill(notice);
        return Map.of("to", List.of(to), "subject", mail.subject(), "text", mail.text(), "category", name);
    }

    /** Read anew for each mail, so that an edit counts at once; a broken edit does not. */
    private MailText text(String name) {
        try {
            MailText read = files.mail(name);
            lastGood.put(name, read);
            return read;
        } catch (BadFile | UncheckedIOException e) {
            MailText before = lastGood.get(name);
            if (before == null) {
                throw e;
            }
            LOG.warn("The mail {} stays as it was last good: {}", name, e.getMessage());
            return before;
        }
    }

    private static Map<String, Object> event(String notice, String prefix, Map<?, ?> item) {
        Map<String, Object> event = new LinkedHashMap<>();
        String listing = String.valueOf(item.get("listing_id"));
        event.put("notice", notice);
        event.put("notice_id", prefix + "-" + listing);
        event.put("listing_id", listing);
        return event;
    }
}
