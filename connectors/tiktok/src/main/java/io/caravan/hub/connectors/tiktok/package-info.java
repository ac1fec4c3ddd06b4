/** TikTok as a source: public videos by hashtag, read through an Apify actor. */
@NullMarked
package io.caravan.hub.connectors.tiktok;

import org.jspecify.annotations.NullMarked;
