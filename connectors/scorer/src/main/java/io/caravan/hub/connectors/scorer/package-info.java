/** Systems that score products and are told what became of them. */
@NullMarked
package io.caravan.hub.connectors.scorer;

import org.jspecify.annotations.NullMarked;
