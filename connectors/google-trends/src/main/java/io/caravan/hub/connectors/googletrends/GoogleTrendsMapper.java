package io.caravan.hub.connectors.googletrends;

import io.caravan.hub.model.trend.Signal;
import io.caravan.hub.model.trend.SignalBatch;
import io.caravan.hub.model.trend.Volume;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.camel.Body;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/**
 * The feed to signals. Elements are found by local name, since the {@code ht} namespace moved in 2025; entities that XML
 * does not know ({@code &nbsp;}) are read as HTML knows them. A link is no id: all items of the new feed share one.
 */
public final class GoogleTrendsMapper {

    private String geo = "";

    /** ISO 3166-1 alpha-2 of the feed that is read. */
    public void setGeo(String geo) {
        this.geo = geo;
    }

    /** Shape: in, the feed's bytes; out, one signal for each item that has a title and a readable date. */
    public SignalBatch signals(@Body byte[] feed) {
        Document document = Jsoup.parse(new String(feed, StandardCharsets.UTF_8), "", Parser.xmlParser());
        List<Element> items = document.select("item");
        List<Signal> signals = new ArrayList<>();
        Map<String, Integer> rejected = new TreeMap<>();
        for (Element item : items) {
            String title = text(item, "title");
            Optional<Instant> at = date(text(item, "pubDate"));
            if (title.isEmpty()) {
                rejected.merge("no-title", 1, Integer::sum);
            } else if (title.length() > 200) {
                rejected.merge("title-too-long", 1, Integer::sum);
            } else if (at.isEmpty()) {
                rejected.merge("no-date", 1, Integer::sum);
            } else {
                signals.add(signal(item, title, at.get()));
            }
        }
        return new SignalBatch("google-trends", items.size(), signals, rejected);
    }

    private Signal signal(Element item, String title, Instant at) {
        return new Signal(
                "google-trends",
                geo + "|" + at.toString().substring(0, 10) + "|" + title,
                title,
                Volume.SEARCHES,
                Traffic.parse(text(item, "approx_traffic")).orElse(0),
                0,
                geo,
                item.select("*|news_item_title").eachText(),
                at);
    }

    private static String text(Element item, String localName) {
        Element found = item.children().stream()
                .filter(child ->
                        child.tagName().equals(localName) || child.tagName().endsWith(":" + localName))
                .findFirst()
                .orElse(null);
        return found == null ? "" : found.text().replace('\u00a0', ' ').trim();
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
