package io.caravan.hub.connectors.aliexpresspage;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The data inside a page's script. It is an object literal of JavaScript with more statements behind it: the parser takes
 * what a literal may have beyond JSON, begins behind {@code data:} and stops at the matching brace. Nothing is evaluated,
 * and numbers keep all their digits.
 */
final class PageData {

    private static final JsonMapper LITERAL = JsonMapper.builder()
            .enable(
                    JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES,
                    JsonReadFeature.ALLOW_SINGLE_QUOTES,
                    JsonReadFeature.ALLOW_TRAILING_COMMA,
                    JsonReadFeature.ALLOW_JAVA_COMMENTS,
                    JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER,
                    JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS,
                    JsonReadFeature.ALLOW_LEADING_DECIMAL_POINT_FOR_NUMBERS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final Pattern ITEM =
            Pattern.compile("window\\.runParams\\s*=\\s*\\{\\s*[\"']?data[\"']?\\s*:\\s*(?=\\{)");
    private static final Pattern SEARCH =
            Pattern.compile("_init_data_\\s*=\\s*\\{\\s*[\"']?data[\"']?\\s*:\\s*(?=\\{)");
    private static final Pattern SHELL =
            Pattern.compile("_dida_config_|_d_c_|runParams|id=\"root\"|aplus-auto-exp|/pdp-pc/");

    private PageData() {}

    /** What {@code window.runParams} holds, of whichever generation. */
    static Optional<JsonNode> item(String page) {
        return find(ITEM, page);
    }

    /** What {@code _init_data_} of a search page holds. */
    static Optional<JsonNode> search(String page) {
        return find(SEARCH, page);
    }

    /** A whole answer in JSON; empty when it is none. */
    static Optional<JsonNode> json(String text) {
        String trimmed = text.strip();
        return trimmed.startsWith("{") ? literal(trimmed, 0) : Optional.empty();
    }

    /** Whether it is one of AliExpress' pages at all, which then has its data elsewhere. */
    static boolean shell(String page) {
        return SHELL.matcher(page).find();
    }

    private static Optional<JsonNode> find(Pattern where, String page) {
        Matcher match = where.matcher(page);
        while (match.find()) {
            Optional<JsonNode> data = literal(page, match.end());
            if (data.isPresent() && !data.get().isEmpty()) {
                return data;
            }
        }
        return Optional.empty();
    }

    /** One value; what stands behind it is not looked at. */
    private static Optional<JsonNode> literal(String text, int from) {
        try (JsonParser parser = LITERAL.createParser(text.substring(from))) {
            JsonNode value = LITERAL.readTree(parser);
            return Optional.ofNullable(value).filter(JsonNode::isObject);
        } catch (JsonProcessingException | NumberFormatException e) {
            // the latter: Jackson's, for an exponent of eleven digits
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("text in memory cannot fail to be read", e);
        }
    }
}
