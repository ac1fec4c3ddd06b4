/** Apify with a TikTok actor, as seen from outside. */
@NullMarked
package io.caravan.hub.connectors.tiktok.sandbox;

import org.jspecify.annotations.NullMarked;
