/** The one way in for foreign pictures: fetched from public addresses alone, decoded within bounds, written anew. */
@NullMarked
package io.caravan.hub.connectors.media;

import org.jspecify.annotations.NullMarked;
