package io.caravan.hub.connectors.reddit;

import java.util.ArrayList;
import java.util.List;

/**
 * How far a listing is read.
 *
 * @param path of the listing, without a leading slash
 * @param query of the next page
 * @param more whether there is one
 * @param rows children read so far
 */
public record RedditPage(String path, String query, boolean more, List<Object> rows) {

    RedditPage then(List<?> children, String nextQuery, boolean furtherPages) {
        List<Object> all = new ArrayList<>(rows);
        all.addAll(children);
        return new RedditPage(path, nextQuery, furtherPages, all);
    }
}
