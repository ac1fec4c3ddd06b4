package io.caravan.hub.routes.proof;

/**
 * What the world outside asks a hub for, and asks again with the same words until it is told yes.
 *
 * @param kind accept: a request under an idempotency key; hook: a webhook's event; slot: a schedule's tick; edit and
 *     replay: a person at a dead letter; stop: the end of the process
 * @param account whose
 * @param type of the work that is wanted
 * @param key business key, idempotency key and id of the event, and lane
 * @param extra a further word of the payload, {@code -} for none
 */
record Deed(String kind, String account, String type, String key, String extra) {

    static Deed of(String line) {
        String[] words = line.split(" ");
        return new Deed(words[0], words[1], words[2], words[3], words[4]);
    }

    @Override
    public String toString() {
        return String.join(" ", kind, account, type, key, extra);
    }
}
