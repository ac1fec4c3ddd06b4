/** How OpenAI speaks: chat answers held to a JSON Schema, pictures, moderation. */
@NullMarked
package io.caravan.hub.connectors.openai;

import org.jspecify.annotations.NullMarked;
