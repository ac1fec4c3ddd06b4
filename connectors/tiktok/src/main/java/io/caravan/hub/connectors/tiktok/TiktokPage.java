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
 * @param stumbles failed reads of the page in a row
 * @param pause milliseconds to wait before the next read
 */
public record TiktokPage(
        String root, String datasetId, long offset, boolean more, List<Object> rows, int stumbles, long pause) {

    TiktokPage then(List<?> page, long next, boolean furtherPages) {
        List<Object> all = new ArrayList<>(rows);
        all.addAll(page);
        return new TiktokPage(root, datasetId, next, furtherPages, all, 0, 0);
    }

    TiktokPage stumbled() {
        int failed = stumbles + 1;
        return new TiktokPage(root, datasetId, offset, true, rows, failed, TiktokRun.pauseAfter(failed));
    }
}
