/** The vendors of the measured job, in a process of their own. */
@NullMarked
package io.caravan.hub.bench.stub;

import org.jspecify.annotations.NullMarked;
