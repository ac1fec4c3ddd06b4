/** Etsy as a channel: drafts, pictures, stock, and putting a listing live. */
@NullMarked
package io.caravan.hub.connectors.etsy;

import org.jspecify.annotations.NullMarked;
