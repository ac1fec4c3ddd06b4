package io.caravan.hub.connectors.media;

import com.luciad.imageio.webp.WebPImageWriterSpi;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.jspecify.annotations.Nullable;

/** Our own bytes out of pixels: no metadata, always the same bytes for the same pixels on the same machine. */
final class Encoder {

    private static final Logger LOG = Logger.getLogger(Encoder.class.getName());
    private static final float QUALITY = 0.85f;

    private Encoder() {}

    static byte[] jpeg(BufferedImage image) throws IOException {
        Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("jpeg");
        while (writers.hasNext()) {
            ImageWriter writer = writers.next();
            if (writer.getClass().getName().startsWith("com.sun.imageio.")) {
                return write(writer, image, "JPEG");
            }
        }
        throw new IOException("this Java has no writer for JPEG");
    }

    /** Null on machines that the library has no code for; JPEG is what every shop takes. */
    static byte @Nullable [] webp(BufferedImage image) throws IOException {
        try {
            return write(new WebPImageWriterSpi().createWriterInstance(null), image, "Lossy");
        } catch (UnsatisfiedLinkError | NoClassDefFoundError | ExceptionInInitializerError e) {
            LOG.log(Level.FINE, "no WebP on this machine", e);
            return null;
        }
    }

    private static byte[] write(ImageWriter writer, BufferedImage image, String compression) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256 * 1024);
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionType(compression);
            param.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
