@NullMarked
package io.caravan.hub.model.listing;

import org.jspecify.annotations.NullMarked;
