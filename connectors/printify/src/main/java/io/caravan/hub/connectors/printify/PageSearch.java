package io.caravan.hub.connectors.printify;

import io.caravan.hub.model.delivery.VendorObject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Pages through one of Printify's lists for what is ours. Printify does not say in which order it lists: reading stops
 * early only on a page that is in order, newest first, and ends more than 30 days ago.
 */
public final class PageSearch {

    private static final Duration HORIZON = Duration.ofDays(30);
    private static final int LAST_PAGE = 500;

    private final String path;
    private final int limit;
    private final String timeField;
    private final Predicate<Map<String, Object>> ours;
    private final Function<Map<String, Object>, VendorObject> mapper;
    private final Instant oldest;
    private final Map<String, VendorObject> found = new LinkedHashMap<>();
    private int page = 1;
    private boolean more = true;

    PageSearch(
            String path,
            int limit,
            String timeField,
            Predicate<Map<String, Object>> ours,
            Function<Map<String, Object>, VendorObject> mapper,
            Instant now) {
        this.path = path;
        this.limit = limit;
        this.timeField = timeField;
        this.ours = ours;
        this.mapper = mapper;
        this.oldest = now.minus(HORIZON);
    }

    /** Whether another page is to be read. */
    public boolean more() {
        return more;
    }

    /** The next page's request. */
    public PrintifyCall call() {
        return PrintifyCall.get(path, "limit=" + limit + "&page=" + page + "&");
    }

    /** What was found, each once. */
    public List<VendorObject> found() {
        return List.copyOf(found.values());
    }

    void take(Map<String, Object> envelope) {
        if (!(envelope.get("data") instanceof List<?> data)) {
            throw PrintifyJson.unreadable("a page without data");
        }
        List<Instant> times = new ArrayList<>();
        for (Object one : data) {
            Map<String, Object> entry = PrintifyJson.map(one);
            times.add(time(PrintifyJson.text(entry, timeField)));
            if (ours.test(entry)) {
                VendorObject object = mapper.apply(entry);
                found.put(object.id(), object);
            }
        }
        long last = PrintifyJson.number(envelope, "last_page");
        boolean end = data.isEmpty() || (last >= 0 ? page >= last : envelope.get("next_page_url") == null);
        page++;
        more = !end && !past(times) && page <= LAST_PAGE;
    }

    private boolean past(List<Instant> times) {
        for (int i = 1; i < times.size(); i++) {
            if (times.get(i).isAfter(times.get(i - 1))) {
                return false;
            }
        }
        return !times.isEmpty()
                && times.get(times.size() - 1).isBefore(oldest)
                && times.get(times.size() - 1).isAfter(Instant.EPOCH);
    }

    /** {@code 2023-05-29 08:04:50+00:00} or {@code 2020-01-09 07:29:43}; the epoch for anything else. */
    private static Instant time(String text) {
        try {
            String plain = text.length() >= 19 ? text.substring(0, 19) : text;
            return LocalDateTime.parse(plain, DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss"))
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }
}
