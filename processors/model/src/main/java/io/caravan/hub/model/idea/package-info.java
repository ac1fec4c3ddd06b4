@NullMarked
package io.caravan.hub.model.idea;

import org.jspecify.annotations.NullMarked;
