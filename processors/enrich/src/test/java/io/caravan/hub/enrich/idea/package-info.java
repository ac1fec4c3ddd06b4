@NullMarked
package io.caravan.hub.enrich.idea;

import org.jspecify.annotations.NullMarked;
