@NullMarked
package io.caravan.hub.model.connection;

import org.jspecify.annotations.NullMarked;
