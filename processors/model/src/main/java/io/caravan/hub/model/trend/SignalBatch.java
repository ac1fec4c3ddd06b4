package io.caravan.hub.model.trend;

import java.util.List;
import java.util.Map;

/**
 * What one fetch of one source gave. {@code rows} = signals' rows + rejected rows: nothing disappears uncounted. One row
 * may give several signals (a video with three hashtags).
 *
 * @param rows rows that the source sent
 * @param rejected reason (kebab case: {@code no-title}, {@code error-row}, {@code over-18}) to number of rows
 */
public record SignalBatch(String source, int rows, List<Signal> signals, Map<String, Integer> rejected) {

    public SignalBatch {
        signals = List.copyOf(signals);
        rejected = Map.copyOf(rejected);
    }
}
