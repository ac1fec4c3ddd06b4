@NullMarked
package io.caravan.hub.enrich.image;

import org.jspecify.annotations.NullMarked;
