/** A scorer as seen from outside. */
@NullMarked
package io.caravan.hub.connectors.scorer.sandbox;

import org.jspecify.annotations.NullMarked;
