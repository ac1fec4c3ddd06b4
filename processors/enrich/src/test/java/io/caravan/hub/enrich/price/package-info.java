@NullMarked
package io.caravan.hub.enrich.price;

import org.jspecify.annotations.NullMarked;
