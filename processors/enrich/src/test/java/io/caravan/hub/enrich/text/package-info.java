@NullMarked
package io.caravan.hub.enrich.text;

import org.jspecify.annotations.NullMarked;
