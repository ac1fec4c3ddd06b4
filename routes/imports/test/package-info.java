/** Tests of the flow {@code imports}: the real application and the suppliers' and shops' sandboxes. */
@NullMarked
package io.caravan.hub.routes.imports;

import org.jspecify.annotations.NullMarked;
