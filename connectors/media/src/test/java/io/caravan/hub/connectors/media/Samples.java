package io.caravan.hub.connectors.media;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;

/** Pictures, good and hostile, made here so that nobody's picture lies in the project. */
final class Samples {

    private Samples() {}

    /** Red in the left half, blue in the right; the top left corner is green. */
    static BufferedImage picture(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D pen = image.createGraphics();
        pen.setColor(Color.RED);
        pen.fillRect(0, 0, width / 2, height);
        pen.setColor(Color.BLUE);
        pen.fillRect(width / 2, 0, width - width / 2, height);
        pen.setColor(Color.GREEN);
        pen.fillRect(0, 0, width / 4, height / 4);
        pen.dispose();
        return image;
    }

    static byte[] encoded(BufferedImage image, String format) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            if (!ImageIO.write(image, format, bytes)) {
                throw new IllegalStateException("no writer for " + format);
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] jpeg(int width, int height) {
        return encoded(picture(width, height, BufferedImage.TYPE_INT_RGB), "jpeg");
    }

    /** White paper without ink, in four colours: Adobe writes them inverted, hence 255. */
    static byte[] cmyk(int width, int height) throws IOException {
        java.awt.image.WritableRaster raster = java.awt.image.Raster.createInterleavedRaster(
                java.awt.image.DataBuffer.TYPE_BYTE, width, height, 4, null);
        for (int band = 0; band < 4; band++) {
            int[] line = new int[width * height];
            java.util.Arrays.fill(line, 255);
            raster.setSamples(0, 0, width, height, band, line);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        javax.imageio.ImageWriter writer =
                ImageIO.getImageWritersByFormatName("jpeg").next();
        try (javax.imageio.stream.ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new javax.imageio.IIOImage(raster, null, null), null);
        } finally {
            writer.dispose();
        }
        return withAdobe(bytes.toByteArray());
    }

    /** Says as Photoshop does that four channels are CMYK. */
    private static byte[] withAdobe(byte[] jpeg) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        segment(out, 0xEE, new byte[] {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0});
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }

    /** A JPEG whose camera was held another way, with a place name in its metadata. */
    static byte[] turned(byte[] jpeg, int orientation) {
        byte[] exif = {
            'E',
            'x',
            'i',
            'f',
            0,
            0,
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8,
            0,
            1,
            0x01,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            (byte) orientation,
            0,
            0,
            0,
            0,
            0,
            0
        };
        byte[] comment = "secret place 52.5N 13.4E".getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        segment(out, 0xE1, exif);
        segment(out, 0xFE, comment);
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }

    private static void segment(ByteArrayOutputStream out, int marker, byte[] data) {
        out.write(0xFF);
        out.write(marker);
        out.write((data.length + 2) >> 8);
        out.write(data.length + 2);
        out.write(data, 0, data.length);
    }

    /** A PNG of a few bytes that claims to be very large. */
    static byte[] claiming(int width, int height) {
        byte[] header = new byte[13];
        for (int i = 0; i < 4; i++) {
            header[i] = (byte) (width >>> (24 - 8 * i));
            header[4 + i] = (byte) (height >>> (24 - 8 * i));
        }
        header[8] = 8;
        header[9] = 2;
        return png(
                new Chunk("IHDR", header),
                new Chunk("IDAT", deflated(new byte[1_000])),
                new Chunk("IEND", new byte[0]));
    }

    /** A good palette PNG with a text that unpacks to {@code megabytes}. */
    static byte[] withTextBomb(int megabytes) {
        byte[] packed = deflated(new byte[megabytes << 20]);
        byte[] text = new byte[packed.length + 3];
        text[0] = 'a';
        System.arraycopy(packed, 0, text, 3, packed.length);
        byte[] rows = new byte[4 * 5];
        byte[] header = {0, 0, 0, 4, 0, 0, 0, 4, 8, 3, 0, 0, 0};
        return png(
                new Chunk("IHDR", header),
                new Chunk("PLTE", new byte[] {1, 2, 3, 4, 5, 6}),
                new Chunk("zTXt", text),
                new Chunk("IDAT", deflated(rows)),
                new Chunk("IEND", new byte[0]));
    }

    record Chunk(String type, byte[] data) {}

    static byte[] png(Chunk... chunks) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A});
            for (Chunk chunk : chunks) {
                byte[] type = chunk.type().getBytes(StandardCharsets.US_ASCII);
                out.writeInt(chunk.data().length);
                out.write(type);
                out.write(chunk.data());
                CRC32 crc = new CRC32();
                crc.update(type);
                crc.update(chunk.data());
                out.writeInt((int) crc.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] deflated(byte[] data) {
        Deflater deflater = new Deflater(9);
        deflater.setInput(data);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[8_192];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }
}
