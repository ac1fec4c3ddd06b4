/** What we know: pure functions over the model. No clock, no randomness, no I/O. */
@NullMarked
package io.caravan.hub.enrich;

import org.jspecify.annotations.NullMarked;
