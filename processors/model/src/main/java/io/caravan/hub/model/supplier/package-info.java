/** What suppliers offer, in one form for all of them: the port that every supplier connector fills. */
@NullMarked
package io.caravan.hub.model.supplier;

import org.jspecify.annotations.NullMarked;
