/** The rules that every route and Kamelet keeps, held against what Camel has loaded. */
@NullMarked
package io.caravan.hub.config.lint;

import org.jspecify.annotations.NullMarked;
