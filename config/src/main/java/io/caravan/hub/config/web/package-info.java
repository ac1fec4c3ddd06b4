@NullMarked
package io.caravan.hub.config.web;

import org.jspecify.annotations.NullMarked;
