/** What the hub talks about: records that cannot be wrong, ports, error kinds and names. Knows the JDK alone. */
@NullMarked
package io.caravan.hub.model;

import org.jspecify.annotations.NullMarked;
