package io.caravan.hub.connectors.media;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import io.caravan.hub.model.VendorException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import org.jspecify.annotations.Nullable;

/** Pixels out of bytes: the header first, and no more pixels than our copy can use. */
class Decoder {

    private static final @Nullable JPEGImageReaderSpi JPEG = registered();

    private final MediaSettings settings;

    Decoder(MediaSettings settings) {
        this.settings = settings;
    }

    /**
     * The first frame, not yet turned; at least as large as our copy where the original is.
     *
     * @throws VendorException REJECTED {@code not-an-image} or {@code too-many-pixels}, the latter before any pixel is
     *     read
     */
    BufferedImage decode(PictureType type, byte[] bytes) {
        byte[] safe = type == PictureType.PNG ? Structure.plainPng(bytes) : bytes;
        if (type == PictureType.JPEG) {
            Structure.checkScans(safe);
        }
        ImageReader reader = null;
        try (ByteArrayImageInputStream in = new ByteArrayImageInputStream(safe)) {
            reader = reader(type);
            reader.setInput(in, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if (width < 1 || height < 1) {
                throw Refusal.rejected("not-an-image", "the picture has no pixels");
            }
            if ((long) width * height > settings.maxPixels()) {
                throw Refusal.rejected(
                        "too-many-pixels",
                        "the picture is " + width + " by " + height + " pixels, more than " + settings.maxPixels());
            }
            ImageReadParam param = reader.getDefaultReadParam();
            int step = Math.max(1, Math.max(width, height) / settings.maxSide());
            param.setSourceSubsampling(step, step, 0, 0);
            return pixels(reader, param);
        } catch (VendorException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // decoders throw anything at all on files that are made to break them
            throw Refusal.of(
                    io.caravan.hub.model.ErrorKind.REJECTED,
                    "not-an-image",
                    0,
                    "the picture cannot be decoded",
                    null,
                    e);
        } finally {
            if (reader != null) {
                reader.dispose();
            }
        }
    }

    /** The one place where pixels are made. */
    BufferedImage pixels(ImageReader reader, ImageReadParam param) throws IOException {
        return reader.read(0, param);
    }

    private static @Nullable JPEGImageReaderSpi registered() {
        IIORegistry registry = IIORegistry.getDefaultInstance();
        registry.registerServiceProvider(new JPEGImageReaderSpi(), ImageReaderSpi.class);
        return registry.getServiceProviderByClass(JPEGImageReaderSpi.class);
    }

    /** By name, not by what happens to be registered: WebP from strangers is read in Java, never by native code. */
    private static ImageReader reader(PictureType type) throws IOException {
        return switch (type) {
            case JPEG -> cmykToo();
            case WEBP -> new WebPImageReaderSpi().createReaderInstance();
            case PNG, GIF -> builtIn(type.name());
        };
    }

    /** Reads CMYK and Adobe's YCCK, too; it has to be registered to find the JDK's reader that it stands on. */
    private static ImageReader cmykToo() throws IOException {
        return JPEG == null ? builtIn("JPEG") : JPEG.createReaderInstance(null);
    }

    private static ImageReader builtIn(String format) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (reader.getClass().getName().startsWith("com.sun.imageio.")) {
                return reader;
            }
        }
        throw new IOException("this Java has no reader for " + format);
    }
}
