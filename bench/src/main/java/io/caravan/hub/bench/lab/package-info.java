/** What a measurement runs on: the hub's process, its database, the stub's process, the machine. */
@NullMarked
package io.caravan.hub.bench.lab;

import org.jspecify.annotations.NullMarked;
