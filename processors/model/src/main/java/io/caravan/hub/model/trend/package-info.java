@NullMarked
package io.caravan.hub.model.trend;

import org.jspecify.annotations.NullMarked;
