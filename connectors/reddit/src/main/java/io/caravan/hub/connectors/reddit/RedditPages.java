package io.caravan.hub.connectors.reddit;

import io.caravan.hub.model.Checks;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;

/**
 * Reads a listing page by page through the exchange variable {@value #PAGE}, a {@link RedditPage}: by {@code after} until
 * it is null or enough rows are there. Never by count: {@code hot} sends more rows than were asked for.
 */
public final class RedditPages {

    static final String PAGE = "redditPage";

    private static final Pattern SUBREDDIT = Pattern.compile("[A-Za-z0-9_]{2,21}");
    private static final Pattern FULLNAME = Pattern.compile("t[0-9]_[A-Za-z0-9]{1,20}");
    private static final Set<String> LISTINGS = Set.of("hot", "top", "rising", "new");
    private static final Set<String> PERIODS = Set.of("hour", "day", "week", "month", "year", "all");
    private static final int LARGEST_PAGE = 100;

    private String subreddits = "";
    private String listing = "hot";
    private String period = "day";
    private int limit = LARGEST_PAGE;

    /**
     * Where to look.
     *
     * @param names separated by commas or {@code +}
     * @throws IllegalArgumentException naming the one that is no subreddit
     */
    public void setSubreddits(String names) {
        List<String> all = Arrays.stream(names.split("[,+]"))
                .map(name -> name.trim().replaceFirst("^/?r/", ""))
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
        all.stream()
                .filter(name -> !SUBREDDIT.matcher(name).matches())
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException(
                            "'" + name + "' is no subreddit: 2 to 21 letters, digits or '_'");
                });
        Checks.within("number of subreddits", all.size(), 1, 50);
        subreddits = all.stream().collect(Collectors.joining("+"));
    }

    /** {@code hot}, {@code top}, {@code rising} or {@code new}. */
    public void setListing(String name) {
        listing = oneOf("listing", name, LISTINGS);
    }

    /** {@code hour} to {@code all}, for {@code top}. */
    public void setT(String name) {
        period = oneOf("t", name, PERIODS);
    }

    /** Rows wanted, stickies on top not counted; a listing ends at about 1,000 by itself. */
    public void setLimit(int rows) {
        limit = (int) Checks.within("limit", rows, 1, 1_000);
    }

    public void begin(Exchange exchange) {
        exchange.setVariable(PAGE, new RedditPage("r/" + subreddits + "/" + listing, query(limit), true, List.of()));
    }

    /** Shape: in, the parsed listing. */
    public void add(Exchange exchange) {
        if (!(exchange.getMessage().getBody() instanceof Map<?, ?> answer)
                || !(answer.get("data") instanceof Map<?, ?> data)
                || !(data.get("children") instanceof List<?> children)) {
            throw new VendorException(
                    ErrorKind.TRANSIENT, "reddit", "unreadable", 200, "answered without a listing", "");
        }
        RedditPage before = exchange.getVariable(PAGE, RedditPage.class);
        int rows = before.rows().size() + children.size();
        // an empty page with an "after" is an end too: asking on would circle
        boolean more = data.get("after") instanceof String after
                && FULLNAME.matcher(after).matches()
                && !children.isEmpty()
                && rows < limit;
        String next = more ? query(limit - rows) + "&after=" + data.get("after") + "&count=" + rows : "";
        exchange.setVariable(PAGE, before.then(children, next, more));
    }

    /** Shape: out, all children as a List. */
    public void finish(Exchange exchange) {
        exchange.getMessage()
                .setBody(exchange.getVariable(PAGE, RedditPage.class).rows());
        exchange.removeVariable(PAGE);
    }

    /** {@code raw_json=1}: without it titles hold entities. */
    private String query(int wanted) {
        String query = "raw_json=1&limit=" + Math.min(wanted, LARGEST_PAGE);
        return listing.equals("top") ? query + "&t=" + period : query;
    }

    private static String oneOf(String field, String value, Set<String> allowed) {
        if (!allowed.contains(value)) {
            throw new IllegalArgumentException(field + " must be one of " + allowed + ", is '" + value + "'");
        }
        return value;
    }
}
