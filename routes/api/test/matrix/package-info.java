/** Matrices over everything that the hub offers to strangers, each generated from the running application. */
@NullMarked
package io.caravan.hub.routes.api.matrix;

import org.jspecify.annotations.NullMarked;
