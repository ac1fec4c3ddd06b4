package io.caravan.hub.enrich.image;

import java.util.List;

/**
 * @param approved true: may go on without a person; false: waits in the review queue
 * @param findings all that was looked at, what speaks against it first
 */
public record Decision(boolean approved, List<Finding> findings) {

    public Decision {
        findings = List.copyOf(findings);
    }
}
