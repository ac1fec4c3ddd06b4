/** OpenAI as seen from outside. */
@NullMarked
package io.caravan.hub.connectors.openai.sandbox;

import org.jspecify.annotations.NullMarked;
