/** What is offered: title, tags, description, price, and whether it may go out. */
@NullMarked
package io.caravan.hub.enrich.listing;

import org.jspecify.annotations.NullMarked;
