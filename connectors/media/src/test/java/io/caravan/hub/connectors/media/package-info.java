@NullMarked
package io.caravan.hub.connectors.media;

import org.jspecify.annotations.NullMarked;
