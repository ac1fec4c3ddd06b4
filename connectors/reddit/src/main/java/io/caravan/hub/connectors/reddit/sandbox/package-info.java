/** Reddit as seen from outside. */
@NullMarked
package io.caravan.hub.connectors.reddit.sandbox;

import org.jspecify.annotations.NullMarked;
