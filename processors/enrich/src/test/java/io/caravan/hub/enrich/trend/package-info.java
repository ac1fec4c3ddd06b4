@NullMarked
package io.caravan.hub.enrich.trend;

import org.jspecify.annotations.NullMarked;
