package io.caravan.hub.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The requests of one run, encoded once: only the item's id is written anew into each. An id is {@code bench-}, the run's
 * six characters, and seven digits; it is also the request's Idempotency-Key.
 */
public final class Items {

    private static final String PLACE = "bench-??????-???????";
    private static final int DIGITS = 7;

    private final String run;
    private final byte[] template;
    private final List<Integer> places = new ArrayList<>();

    /** @param run six characters of {@code [a-z0-9]} */
    public Items(String run, String path, String key, int variants) {
        this.run = run;
        byte[] body = product(variants).getBytes(StandardCharsets.UTF_8);
        byte[] head = ("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + key
                        + "\r\nContent-Type: application/json\r\nIdempotency-Key: " + PLACE + "\r\nContent-Length: "
                        + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        template = new byte[head.length + body.length];
        System.arraycopy(head, 0, template, 0, head.length);
        System.arraycopy(body, 0, template, head.length, body.length);
        String text = new String(template, StandardCharsets.ISO_8859_1);
        for (int at = text.indexOf(PLACE); at >= 0; at = text.indexOf(PLACE, at + 1)) {
            places.add(at);
        }
    }

    public String id(int number) {
        return String.format(Locale.ROOT, "bench-%s-%0" + DIGITS + "d", run, number);
    }

    /** The number in an id of this run, or -1. */
    public int number(String id) {
        return id.startsWith("bench-" + run + "-") ? Integer.parseInt(id.substring(id.length() - DIGITS)) : -1;
    }

    public ByteBuf request(ByteBufAllocator buffers, int number) {
        ByteBuf out = buffers.ioBuffer(template.length);
        out.writeBytes(template);
        byte[] id = id(number).getBytes(StandardCharsets.US_ASCII);
        for (int at : places) {
            out.setBytes(at, id);
        }
        return out;
    }

    /** A supplier's product as a supplier might send it: two options, a price and a stock for each combination. */
    static String product(int variants) {
        int sizes = variants % 6 == 0 ? 6 : 1;
        int colours = variants / sizes;
        StringBuilder json = new StringBuilder(variants * 160 + 1_000);
        json.append("{\"id\":\"")
                .append(PLACE)
                .append("\",\"title\":\"Moss garden ceramic mug, 11oz & 15oz!! FREE shipping\",")
                .append("\"url\":\"https://supplier.example.com/item/")
                .append(PLACE)
                .append(".html\",\"description\":\"<p>A mug with a <b>moss garden</b>, glazed by hand.</p>")
                .append("<ul><li>Dishwasher safe</li><li>330 ml</li></ul>\",\"currency\":\"USD\",\"images\":[");
        for (int i = 0; i < 6; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("\"https://img.example.com/mug/")
                    .append(i)
                    .append(".jpg\"");
        }
        json.append("],\"variants\":[");
        for (int i = 0; i < colours * sizes; i++) {
            json.append(i == 0 ? "" : ",").append(variant(i / sizes, i % sizes));
        }
        return json.append("]}").toString();
    }

    private static String variant(int colour, int size) {
        return String.format(
                Locale.ROOT,
                "{\"id\":\"1200%03d%02d\",\"sku\":\"MUG-%02d-%02d\",\"colour\":\"Colour %d\",\"size\":\"%d oz\","
                        + "\"price\":\"%d.%02d\",\"stock\":%d}",
                colour,
                size,
                colour,
                size,
                colour,
                8 + size,
                4 + size,
                (colour * 7) % 100,
                40 + colour);
    }
}
