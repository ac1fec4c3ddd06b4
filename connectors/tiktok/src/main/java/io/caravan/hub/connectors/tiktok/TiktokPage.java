package io.caravan.hub.connectors.tiktok;

import java.util.ArrayList;
import java.util.List;

/**
 * How far a dataset is read.
 *
 * @param root base URL with version
 * @param offset of the next page
 * @param more whether there is one
 * @param rows what was read so far
 */
public record TiktokPage(String root, String datasetId, long offset, boolean more, List<Object> rows) {

    TiktokPage then(List<?> page, long next, boolean furtherPages) {
        List<Object> all = new ArrayList<>(rows);
        all.addAll(page);
        return new TiktokPage(root, datasetId, next, furtherPages, all);
    }
}
