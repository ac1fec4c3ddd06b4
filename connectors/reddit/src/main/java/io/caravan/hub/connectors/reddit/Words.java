package io.caravan.hub.connectors.reddit;

/** Cuts text at a word. */
final class Words {

    private Words() {}

    /** At most {@code max} characters; a first word that is longer is cut, though never through one character's halves. */
    static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int space = text.lastIndexOf(' ', max);
        if (space > 0) {
            return text.substring(0, space).stripTrailing();
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
    }
}
