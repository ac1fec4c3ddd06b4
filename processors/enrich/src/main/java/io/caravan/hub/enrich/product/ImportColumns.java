package io.caravan.hub.enrich.product;

import io.caravan.hub.enrich.Fault;
import io.caravan.hub.enrich.text.Fold;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a bulk import and what may stand in them. Splitting a file into fields is a CSV library's job; this
 * decides what the fields mean, one line at a time, so a file of any length needs no memory.
 */
public final class ImportColumns {

    public static final List<String> NAMES = List.of("source_url", "markup_percent", "tags", "shop");

    private static final Pattern URL = Pattern.compile("(?i)https?://[^\\s\"'<>\\\\^`{|}@]+");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}(?:\\.[0-9]{1,4})?");
    private static final BigDecimal MOST_PERCENT = new BigDecimal(10_000);
    private static final int MOST_TAGS = 50;
    private static final int LONGEST_TAG = 255;
    private static final int LONGEST_URL = 2_000;
    private static final int LONGEST_SHOP = 64;

    private final List<String> header;

    private ImportColumns(List<String> header) {
        this.header = header;
    }

    /**
     * @param fields of the first line; any order, any case, {@code source_url} must be there
     * @throws IllegalArgumentException naming the column that is unknown, missing or there twice
     */
    public static ImportColumns of(List<String> fields) {
        List<String> header = new ArrayList<>();
        for (String field : fields) {
            String name = Fold.clean(field.replace("\uFEFF", "")).strip().toLowerCase(Locale.ROOT);
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException(
                        "line 1: the column \"" + Fold.cut(name, 40) + "\" is not known; known are " + NAMES);
            }
            if (header.contains(name)) {
                throw new IllegalArgumentException("line 1: the column " + name + " is there twice");
            }
            header.add(name);
        }
        if (!header.contains("source_url")) {
            throw new IllegalArgumentException("line 1: the column source_url is missing");
        }
        return new ImportColumns(List.copyOf(header));
    }

    /**
     * Never throws: a wrong line is a line with faults.
     *
     * @param line number of it in the file
     */
    public ImportLine line(long line, List<String> fields) {
        List<Fault> faults = new ArrayList<>();
        if (fields.size() > header.size()) {
            faults.add(new Fault(
                    "line",
                    "has " + fields.size() + " fields, the first line has " + header.size(),
                    "put fields with commas in double quotes"));
        }
        String url = url(field(fields, "source_url"), faults);
        BigDecimal markup = markup(field(fields, "markup_percent"), faults);
        List<String> tags = tags(field(fields, "tags"), faults);
        String shop = shop(field(fields, "shop"), faults);
        return new ImportLine(line, faults.isEmpty() ? new ImportRow(url, markup, tags, shop) : null, faults);
    }

    /** What stands in the column, for showing a line that has faults. */
    public String sourceUrl(List<String> fields) {
        return field(fields, "source_url");
    }

    private String field(List<String> fields, String name) {
        int at = header.indexOf(name);
        return at < 0 || at >= fields.size() ? "" : fields.get(at).strip();
    }

    private static String url(String text, List<Fault> faults) {
        String hint = "write the product's address, https://...";
        if (text.isEmpty()) {
            faults.add(new Fault("source_url", "is empty", hint));
        } else if (text.length() > LONGEST_URL) {
            faults.add(new Fault("source_url", "has " + text.length() + " characters", "write at most " + LONGEST_URL));
        } else if (!URL.matcher(text).matches()) {
            faults.add(new Fault("source_url", "is \"" + Fold.cut(text, 60) + "\", no http or https address", hint));
        }
        return text;
    }

    private static @Nullable String shop(String text, List<Fault> faults) {
        if (text.length() > LONGEST_SHOP) {
            faults.add(new Fault("shop", "has " + text.length() + " characters", "write a shop's name or nothing"));
        }
        return text.isEmpty() ? null : text;
    }

    private static @Nullable BigDecimal markup(String text, List<Fault> faults) {
        String number =
                text.endsWith("%") ? text.substring(0, text.length() - 1).strip() : text;
        if (number.isEmpty() && text.isEmpty()) {
            return null;
        }
        if (!NUMBER.matcher(number).matches() || new BigDecimal(number).compareTo(MOST_PERCENT) > 0) {
            faults.add(new Fault(
                    "markup_percent",
                    "is \"" + Fold.cut(text, 40) + "\"",
                    "write a number from 0 to 10000 or nothing"));
            return null;
        }
        return new BigDecimal(number);
    }

    /** Parted by {@code ;}, {@code |} or comma. */
    private static List<String> tags(String text, List<Fault> faults) {
        Set<String> seen = new HashSet<>();
        Set<String> tags = Pattern.compile("[;,|]")
                .splitAsStream(text)
                .map(tag -> ProductText.plain(tag))
                .filter(tag -> !tag.isEmpty() && seen.add(Fold.text(tag)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (tags.size() > MOST_TAGS) {
            faults.add(new Fault("tags", "has " + tags.size() + " tags", "write at most " + MOST_TAGS));
        }
        if (tags.stream().anyMatch(tag -> tag.length() > LONGEST_TAG)) {
            faults.add(new Fault("tags", "has a tag of more than " + LONGEST_TAG + " characters", "shorten it"));
        }
        return List.copyOf(tags);
    }
}
