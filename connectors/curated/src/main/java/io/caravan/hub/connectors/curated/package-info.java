/** A file as a source: keywords that a person chose. */
@NullMarked
package io.caravan.hub.connectors.curated;

import org.jspecify.annotations.NullMarked;
