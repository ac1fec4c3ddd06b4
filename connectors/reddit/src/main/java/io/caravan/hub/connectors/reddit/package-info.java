/** Reddit as a source: the posts of some subreddits through the OAuth API. */
@NullMarked
package io.caravan.hub.connectors.reddit;

import org.jspecify.annotations.NullMarked;
