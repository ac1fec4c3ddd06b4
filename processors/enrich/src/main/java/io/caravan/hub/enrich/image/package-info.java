/** How to draw a picture, and what a reviewer should know about the result. */
@NullMarked
package io.caravan.hub.enrich.image;

import org.jspecify.annotations.NullMarked;
