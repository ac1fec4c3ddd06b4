/**
 * The laboratory: hubs, vendors' sandboxes and databases in processes of their own, load on them, and an oracle that
 * compares what was acknowledged with what the vendors have.
 */
@NullMarked
package io.caravan.hub.proof.lab;

import org.jspecify.annotations.NullMarked;
