/**
 * Binds what routes name to what the rooms offer: a pure function of enrich with its rule file, the exchange's variables
 * and the clock. Nothing is decided here.
 */
@NullMarked
package io.caravan.hub.config.binding;

import org.jspecify.annotations.NullMarked;
