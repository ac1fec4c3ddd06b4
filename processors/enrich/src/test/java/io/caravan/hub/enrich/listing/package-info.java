@NullMarked
package io.caravan.hub.enrich.listing;

import org.jspecify.annotations.NullMarked;
