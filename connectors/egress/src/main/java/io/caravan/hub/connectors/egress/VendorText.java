package io.caravan.hub.connectors.egress;

import java.text.Normalizer;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;

/**
 * Texts as a buyer reads them. Vendors hand them out otherwise than they were given: with HTML entities, with other
 * spaces, with letters and their accents composed or apart.
 */
public final class VendorText {

    private static final Pattern SPACES = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    private VendorText() {}

    /** One line without entities; in NFC, single spaces, none at the ends. */
    public static String plain(String text) {
        // as in an attribute: the address in "?a=1&copy=2" holds no copyright sign
        return line(Parser.unescapeEntities(text, true));
    }

    /** @param ours as it was sent; what looks like an entity in it may have been meant as one or not */
    public static boolean same(String ours, String theirs) {
        String read = plain(theirs);
        return read.equals(line(ours)) || read.equals(plain(ours));
    }

    private static String line(String text) {
        return SPACES.matcher(Normalizer.normalize(text, Normalizer.Form.NFC))
                .replaceAll(" ")
                .strip();
    }
}
