@NullMarked
package io.caravan.hub.connectors.http;

import org.jspecify.annotations.NullMarked;
