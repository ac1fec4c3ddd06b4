package io.caravan.hub.connectors.media;

import static io.caravan.hub.connectors.media.RawServer.head;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.caravan.hub.connectors.media.PictureMaker.Made;
import io.caravan.hub.connectors.media.Samples.Chunk;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/**
 * Files that were made to hurt who opens them. Each is refused, or what is kept is drawn anew and holds nothing of it; none
 * takes much more memory than a picture may.
 */
class BombMatrixTest {

    /** A refusal may unpack the rows of a picture that is small enough, and no more. */
    private static final long MOST = 64L << 20;

    private static final String PAYLOAD = "<script>alert('payload')</script>PAYLOAD-4711";
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final PictureMaker maker =
            new PictureMaker(MediaSettings.defaults(), new Decoder(MediaSettings.defaults()));
    private final List<String> wrong = new ArrayList<>();
    private long slowest;
    private String slowestName = "";
    private long largest;

    @Test
    void shouldRefuseOrDrawAnewWhatWasMadeToHurt() throws Exception {
        Map<String, byte[]> refused = refused();
        Map<String, byte[]> harmless = polyglots();
        maker.make(Samples.jpeg(40, 20));
        refused.forEach((name, file) -> tried(name, file, false));
        harmless.forEach((name, file) -> tried(name, file, true));
        int bodies = bodies();
        int cases = refused.size() + harmless.size() + bodies;
        System.out.println("bomb matrix: " + cases + " files, " + wrong.size() + " wrong; slowest " + slowestName + " "
                + slowest + " ms, most memory of a refusal " + (largest >> 20) + " MB");
        assertThat(wrong).isEmpty();
        assertThat(cases).isGreaterThanOrEqualTo(40);
    }

    private void tried(String name, byte[] file, boolean harmless) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        long since = System.nanoTime();
        try {
            Made made = maker.make(file);
            if (!harmless) {
                wrong.add(name + " was taken");
            }
            if (new String(made.jpeg(), ISO_8859_1).contains("PAYLOAD")
                    || (made.webp() != null && new String(made.webp(), ISO_8859_1).contains("PAYLOAD"))) {
                wrong.add(name + " keeps what it carries");
            }
        } catch (VendorException refusal) {
            if (refusal.kind() != ErrorKind.REJECTED) {
                wrong.add(name + " is " + refusal.kind());
            }
            long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
            largest = Math.max(largest, taken);
            if (taken > MOST) {
                wrong.add(name + " took " + (taken >> 20) + " MB");
            }
        } catch (RuntimeException | Error e) {
            wrong.add(name + " ended in " + e);
        }
        long ms = (System.nanoTime() - since) / 1_000_000;
        if (ms > slowest) {
            slowest = ms;
            slowestName = name;
        }
    }

    private static Map<String, byte[]> refused() throws IOException {
        Map<String, byte[]> all = new LinkedHashMap<>();
        byte[] png = Samples.encoded(Samples.picture(40, 20, BufferedImage.TYPE_INT_RGB), "png");
        byte[] jpeg = Samples.jpeg(40, 20);
        byte[] gif = Samples.encoded(Samples.picture(40, 20, BufferedImage.TYPE_INT_RGB), "gif");

        // more pixels than anybody needs
        all.put("PNG of 50,000 by 50,000", Samples.claiming(50_000, 50_000));
        all.put("PNG of the most that fits", Samples.claiming(Integer.MAX_VALUE, Integer.MAX_VALUE));
        all.put("PNG whose pixels overflow", Samples.claiming(65_536, 65_536));
        all.put("PNG of one row too long", Samples.claiming(Integer.MAX_VALUE, 1));
        all.put("PNG without pixels", Samples.claiming(0, 0));
        all.put("PNG of less than none", Samples.claiming(-1, -1));
        all.put("PNG of 30 MP without them", Samples.claiming(6_000, 5_000));
        all.put("JPEG of 65,535 by 65,535", sized(jpeg, 65_535, 65_535));
        all.put("JPEG without pixels", sized(jpeg, 0, 0));
        byte[] wide = gif.clone();
        Arrays.fill(wide, 6, 10, (byte) 0xFF);
        all.put("GIF of 65,535 by 65,535", gifFrame(wide, 0xFFFF));
        all.put("WebP of 16,384 by 16,384", webp(16_383, 16_383));

        // chunks, segments, scans
        all.put("PNG of a million empty chunks", manyChunks());
        all.put("PNG with a chunk longer than itself", longChunk(png, Integer.MAX_VALUE));
        all.put("PNG with a chunk of less than none", longChunk(png, -1));
        all.put("PNG without an end", Arrays.copyOf(png, png.length - 12));
        all.put("PNG of a header alone", Arrays.copyOf(png, 33));
        all.put("PNG of a signature alone", Arrays.copyOf(png, 8));
        all.put("PNG with a header too short", badHeader(3));
        all.put("PNG with pixels that are no deflate", badRows());
        all.put("JPEG of 1,000 scans", scans(jpeg, 1_000));
        all.put("JPEG without its tables", Arrays.copyOf(jpeg, 30));
        all.put("JPEG of a start alone", Arrays.copyOf(jpeg, 3));
        all.put("GIF without frames", Arrays.copyOf(gif, 13));
        all.put("GIF cut in its colours", Arrays.copyOf(gif, 20));
        all.put("WebP of a container alone", webpOf(new byte[0]));
        all.put("WebP of noise", webpOf("VP8 not really a picture".getBytes(ISO_8859_1)));

        // no pictures at all
        all.put("SVG", ("<svg xmlns='http://www.w3.org/2000/svg'>" + PAYLOAD + "</svg>").getBytes(ISO_8859_1));
        all.put(
                "SVG with entities",
                ("<?xml version='1.0'?><!DOCTYPE lolz [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b"
                                + " '&a;&a;&a;&a;&a;&a;&a;&a;'>]><svg>&b;</svg>")
                        .getBytes(ISO_8859_1));
        all.put("HTML", ("<html>" + PAYLOAD).getBytes(ISO_8859_1));
        all.put("PDF", "%PDF-1.7 PAYLOAD".getBytes(ISO_8859_1));
        all.put("ZIP", zip());
        all.put("TIFF", new byte[] {'I', 'I', 42, 0, 8, 0, 0, 0, 0, 0, 0, 0});
        all.put("BMP", new byte[] {'B', 'M', 0, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0});
        all.put("ICO", new byte[] {0, 0, 1, 0, 1, 0, (byte) 255, (byte) 255});
        all.put("nothing", new byte[0]);
        all.put("eight megabytes of nothing", new byte[8 << 20]);
        return all;
    }

    /** Good pictures that are something else as well, or carry what unpacks to much. */
    private static Map<String, byte[]> polyglots() throws IOException {
        Map<String, byte[]> all = new LinkedHashMap<>();
        byte[] png = Samples.encoded(Samples.picture(40, 20, BufferedImage.TYPE_INT_RGB), "png");
        byte[] jpeg = Samples.jpeg(40, 20);
        byte[] gif = Samples.encoded(Samples.picture(40, 20, BufferedImage.TYPE_INT_RGB), "gif");
        byte[] payload = PAYLOAD.getBytes(ISO_8859_1);
        all.put("PNG and a ZIP", joined(png, zip()));
        all.put("PNG and a page", joined(png, payload));
        all.put("JPEG and a ZIP", joined(jpeg, zip()));
        all.put("JPEG with a page as comment", commented(jpeg, payload));
        all.put("GIF and a page", joined(gif, payload));
        all.put("PNG whose text unpacks to 200 MB", Samples.withTextBomb(200));
        byte[] packed = Samples.deflated(new byte[200 << 20]);
        for (String type : List.of("iCCP", "iTXt", "zTXt", "eXIf", "sPLT", "payL")) {
            all.put(
                    "PNG whose " + type + " unpacks to 200 MB",
                    inserted(png, type, joined("a\0\0".getBytes(ISO_8859_1), packed)));
        }
        byte[] frames = gif.clone();
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        int first = firstFrame(frames);
        many.write(frames, 0, frames.length - 1);
        for (int i = 0; i < 5_000; i++) {
            many.write(frames, first, frames.length - 1 - first);
        }
        many.write(0x3B);
        all.put("GIF of 5,000 frames", many.toByteArray());
        return all;
    }

    /** Answers that unpack or never end; the client takes no compressed body and no more than it may. */
    private int bodies() throws Exception {
        byte[] packed = gzipped(new byte[100 << 20]);
        Map<String, RawServer.Script> scripts = new LinkedHashMap<>();
        scripts.put("gzip of 100 MB", (path, out) -> {
            head(
                    out,
                    "200 OK",
                    "Content-Type: image/png",
                    "Content-Encoding: gzip",
                    "Content-Length: " + packed.length);
            out.write(packed);
        });
        scripts.put("gzip in gzip", (path, out) -> {
            byte[] twice = gzipped(packed);
            head(out, "200 OK", "Content-Encoding: gzip, gzip", "Content-Length: " + twice.length);
            out.write(twice);
        });
        scripts.put("deflate of 100 MB", (path, out) -> {
            byte[] body = Samples.deflated(new byte[100 << 20]);
            head(out, "200 OK", "Content-Encoding: deflate", "Content-Length: " + body.length);
            out.write(body);
        });
        scripts.put("a length of two gigabytes", (path, out) -> head(out, "200 OK", "Content-Length: 2000000000"));
        scripts.put("chunks without an end", (path, out) -> {
            head(out, "200 OK", "Transfer-Encoding: chunked");
            flood(out);
        });
        for (Map.Entry<String, RawServer.Script> script : scripts.entrySet()) {
            try (RawServer server = new RawServer(script.getValue());
                    MediaClient client = new MediaClient(
                            new MediaSettings(
                                    Set.of("127.0.0.1:" + server.port()),
                                    Duration.ofSeconds(5),
                                    Duration.ofSeconds(15),
                                    1,
                                    8 << 20,
                                    40_000_000,
                                    2_048,
                                    2),
                            InetAddress::getAllByName)) {
                long before = THREADS.getCurrentThreadAllocatedBytes();
                try {
                    byte[] got = client.fetch("http://127.0.0.1:" + server.port() + "/a.png");
                    maker.make(got);
                    wrong.add(script.getKey() + " was taken");
                } catch (VendorException refusal) {
                    long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
                    largest = Math.max(largest, taken);
                    if (taken > MOST) {
                        wrong.add(script.getKey() + " took " + (taken >> 20) + " MB");
                    }
                }
            }
        }
        return scripts.size();
    }

    private static void flood(OutputStream out) throws IOException {
        byte[] chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(ISO_8859_1);
        for (int i = 0; i < 1_000; i++) {
            out.write(chunk);
        }
    }

    private static byte[] sized(byte[] jpeg, int width, int height) {
        byte[] copy = jpeg.clone();
        for (int i = 2; i + 9 < copy.length; i++) {
            if ((copy[i] & 0xFF) == 0xFF && (copy[i + 1] & 0xFF) == 0xC0) {
                ByteBuffer.wrap(copy).putShort(i + 5, (short) height).putShort(i + 7, (short) width);
                return copy;
            }
        }
        throw new IllegalStateException("no frame in the sample");
    }

    private static int firstFrame(byte[] gif) {
        for (int i = 13; i < gif.length; i++) {
            if (gif[i] == 0x2C) {
                return i;
            }
        }
        throw new IllegalStateException("no frame in the sample");
    }

    private static byte[] gifFrame(byte[] gif, int side) {
        int at = 13 + 3 * (2 << (gif[10] & 7));
        while (gif[at] != 0x2C) {
            at += 2;
            while (gif[at] != 0) {
                at += (gif[at] & 0xFF) + 1;
            }
            at++;
        }
        ByteBuffer.wrap(gif)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(at + 5, (short) side)
                .putShort(at + 7, (short) side);
        return gif;
    }

    private static byte[] webp(int width, int height) {
        ByteBuffer chunk = ByteBuffer.allocate(18).order(ByteOrder.LITTLE_ENDIAN);
        chunk.put("VP8X".getBytes(ISO_8859_1)).putInt(10).putInt(0);
        chunk.put((byte) width).put((byte) (width >> 8)).put((byte) (width >> 16));
        chunk.put((byte) height).put((byte) (height >> 8)).put((byte) (height >> 16));
        return webpOf(chunk.array());
    }

    private static byte[] webpOf(byte[] inside) {
        ByteBuffer file = ByteBuffer.allocate(12 + inside.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(ISO_8859_1))
                .putInt(4 + inside.length)
                .put("WEBP".getBytes(ISO_8859_1))
                .put(inside);
        return file.array();
    }

    private static byte[] manyChunks() {
        Chunk[] chunks = new Chunk[600_000];
        Arrays.fill(chunks, new Chunk("tEXt", new byte[0]));
        return Samples.png(chunks);
    }

    private static byte[] longChunk(byte[] png, int length) {
        byte[] copy = png.clone();
        ByteBuffer.wrap(copy).putInt(33, length);
        return copy;
    }

    private static byte[] badHeader(int length) {
        return Samples.png(
                new Chunk("IHDR", new byte[length]),
                new Chunk("IDAT", Samples.deflated(new byte[10])),
                new Chunk("IEND", new byte[0]));
    }

    private static byte[] badRows() {
        byte[] header = {0, 0, 0, 4, 0, 0, 0, 4, 8, 2, 0, 0, 0};
        return Samples.png(
                new Chunk("IHDR", header), new Chunk("IDAT", new byte[] {1, 2, 3, 4}), new Chunk("IEND", new byte[0]));
    }

    private static byte[] scans(byte[] jpeg, int number) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, jpeg.length - 2);
        for (int i = 0; i < number; i++) {
            out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xDA, 0, 8, 1, 1, 0, 0, 63, 0});
        }
        out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xD9});
        return out.toByteArray();
    }

    private static byte[] commented(byte[] jpeg, byte[] text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xFE, 0, (byte) (text.length + 2)});
        out.writeBytes(text);
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }

    /** Behind the header. */
    private static byte[] inserted(byte[] png, String type, byte[] data) {
        byte[] chunk = Samples.png(new Chunk(type, data));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(png, 0, 33);
        out.write(chunk, 8, chunk.length - 8);
        out.write(png, 33, png.length - 33);
        return out.toByteArray();
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("PAYLOAD-4711/index.html"));
            zip.write(PAYLOAD.getBytes(ISO_8859_1));
            zip.closeEntry();
        }
        return out.toByteArray();
    }

    private static byte[] gzipped(byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
