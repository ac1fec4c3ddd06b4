/** What holds for every route file, whoever wrote it. */
@NullMarked
package io.caravan.hub.routes.policy;

import org.jspecify.annotations.NullMarked;
