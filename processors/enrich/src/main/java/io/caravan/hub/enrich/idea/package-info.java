/** The two pure halves of ideation: building the prompt and judging the answer. */
@NullMarked
package io.caravan.hub.enrich.idea;

import org.jspecify.annotations.NullMarked;
