@NullMarked
package io.caravan.hub.enrich;

import org.jspecify.annotations.NullMarked;
