/** Text of strangers: folding, word lists, unsafe content, JSON. */
@NullMarked
package io.caravan.hub.enrich.text;

import org.jspecify.annotations.NullMarked;
