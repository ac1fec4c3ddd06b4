/** What is measured, one class for each part of the result. */
@NullMarked
package io.caravan.hub.bench.part;

import org.jspecify.annotations.NullMarked;
