@NullMarked
package io.caravan.hub.enrich.product;

import org.jspecify.annotations.NullMarked;
