/** The steps that REST routes share: hold a request against the contract, show what the engine knows, answer. */
@NullMarked
package io.caravan.hub.config.store.api;

import org.jspecify.annotations.NullMarked;
