/** What a run found, as a table and as JSON. */
@NullMarked
package io.caravan.hub.bench.report;

import org.jspecify.annotations.NullMarked;
