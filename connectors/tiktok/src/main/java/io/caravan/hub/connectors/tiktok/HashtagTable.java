package io.caravan.hub.connectors.tiktok;

import io.caravan.hub.model.trend.Signal;
import io.caravan.hub.model.trend.Volume;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Adds up the rows of one dataset by hashtag, and counts the rows that it leaves out. */
final class HashtagTable {

    private static final int CAPTIONS = 5;

    private final Instant oldestPinned;
    private final Map<String, List<TiktokItem>> videos = new LinkedHashMap<>();
    private final Map<String, String> spellings = new LinkedHashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final Map<String, Integer> rejected = new TreeMap<>();

    HashtagTable(Instant oldestPinned) {
        this.oldestPinned = oldestPinned;
    }

    void add(Object row) {
        String reason = row instanceof Map<?, ?> map ? reason(map, TiktokItem.of(map)) : "not-an-item";
        if (!reason.isEmpty()) {
            rejected.merge(reason, 1, Integer::sum);
            return;
        }
        TiktokItem item = TiktokItem.of((Map<?, ?>) row);
        seen.add(item.id());
        Set<String> folded = new HashSet<>();
        for (String tag : item.tags()) {
            String key = tag.toLowerCase(Locale.ROOT);
            spellings.putIfAbsent(key, tag);
            if (folded.add(key)) {
                videos.computeIfAbsent(key, name -> new ArrayList<>()).add(item);
            }
        }
    }

    Map<String, Integer> rejected() {
        return rejected;
    }

    List<Signal> signals() {
        return videos.entrySet().stream()
                .map(entry -> signal(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(Signal::volume).reversed())
                .toList();
    }

    private String reason(Map<?, ?> row, TiktokItem item) {
        if (row.get("error") != null) {
            return "error-row";
        }
        if (item.id().isEmpty()) {
            return "no-id";
        }
        if (item.at().equals(Instant.EPOCH)) {
            return "no-date";
        }
        if (TiktokItem.flag(row, "isAd") || TiktokItem.flag(row, "isSponsored")) {
            return "ad";
        }
        if (TiktokItem.flag(row, "isPinned") && item.at().isBefore(oldestPinned)) {
            return "pinned-old";
        }
        if (!(row.get("hashtags") instanceof List<?> tags) || tags.isEmpty()) {
            return "no-hashtag";
        }
        if (item.tags().isEmpty()) {
            return "empty-hashtag";
        }
        return seen.contains(item.id()) ? "duplicate" : "";
    }

    private Signal signal(String key, List<TiktokItem> items) {
        List<TiktokItem> byPlays = items.stream()
                .sorted(Comparator.comparingLong(TiktokItem::plays).reversed().thenComparing(TiktokItem::id))
                .toList();
        Instant newest =
                items.stream().map(TiktokItem::at).max(Instant::compareTo).orElseThrow();
        return new Signal(
                "tiktok",
                key + "|" + newest.toString().substring(0, 10),
                spellings.getOrDefault(key, key),
                Volume.PLAYS,
                items.stream().mapToLong(TiktokItem::plays).reduce(0, TiktokItem::sum),
                items.stream().mapToLong(TiktokItem::interactions).reduce(0, TiktokItem::sum),
                "",
                byPlays.stream().map(TiktokItem::caption).limit(CAPTIONS).toList(),
                newest);
    }
}
