package io.caravan.hub.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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

    /** A supplier's product with two options, a cost and a stock for each combination. */
    static String product(int variants) {
        int sizes = variants % 6 == 0 ? 6 : 1;
        int colours = variants / sizes;
        return "{\"supplier\":\"mine\",\"external_id\":\"" + PLACE
                + "\",\"url\":\"https://supplier.example.com/item/" + PLACE
                + ".html\",\"title\":\"Moss garden ceramic mug, 11oz & 15oz!! FREE shipping\",\"available\":true,"
                + "\"description_html\":\"<p>A mug with a <b>moss garden</b>, glazed by hand.</p><ul><li>Dishwasher safe</li>"
                + "<li>330 ml</li></ul>\",\"images\":["
                + list(6, i -> "\"https://img.example.com/mug/" + i + ".jpg\"")
                + "],\"axes\":[" + axis("colour", "Colour", colours) + "," + axis("size", "Size", sizes)
                + "],\"variants\":[" + list(colours * sizes, i -> variant(i / sizes, i % sizes))
                + "],\"attributes\":{\"material\":\"ceramic\",\"brand\":\"none\"}}";
    }

    private static String list(int size, IntFunction<String> one) {
        return IntStream.range(0, size).mapToObj(one).collect(Collectors.joining(","));
    }

    private static String axis(String id, String name, int values) {
        return "{\"id\":\"" + id + "\",\"name\":\"" + name + "\",\"values\":["
                + list(values, i -> "{\"id\":\"" + i + "\",\"label\":\"" + name + " " + (i + 1) + "\"}") + "]}";
    }

    private static String variant(int colour, int size) {
        return "{\"external_id\":\"1200" + colour + "00" + size + "\",\"order_key\":\"" + colour + "#" + size
                + "\",\"options\":{\"colour\":\"" + colour + "\",\"size\":\"" + size
                + "\"},\"cost\":{\"minor\":" + (449 + 70 * size + colour) + ",\"currency\":\"USD\"},\"stock\":"
                + (40 + colour) + "}";
    }
}
