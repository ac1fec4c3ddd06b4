package io.caravan.hub.connectors.media;

import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** From a stranger's bytes to ours: upright, at most so large, on white, without anything but pixels. */
final class PictureMaker {

    private static final int PATIENCE_SECONDS = 30;

    private final MediaSettings settings;
    private final Decoder decoder;
    /** Bounds memory: a picture in work takes up to four bytes for each of the pixels that are kept, twice. */
    private final Semaphore places;

    PictureMaker(MediaSettings settings, Decoder decoder) {
        this.settings = settings;
        this.decoder = decoder;
        this.places = new Semaphore(settings.decoders());
    }

    /**
     * @param webp null where this machine cannot write WebP
     * @param type of the original
     */
    record Made(byte[] jpeg, byte @Nullable [] webp, int width, int height, PictureType type) {}

    /**
     * @throws VendorException REJECTED {@code not-an-image} or {@code too-many-pixels}; NOT_SENT {@code busy} when other
     *     pictures hold all places for long
     */
    Made make(byte[] bytes) {
        PictureType type = PictureType.of(bytes);
        try {
            if (!places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw Refusal.of(ErrorKind.NOT_SENT, "busy", 0, "too many pictures at a time", null, null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.of(ErrorKind.NOT_SENT, "busy", 0, "interrupted while it waited", null, e);
        }
        try {
            BufferedImage decoded = decoder.decode(type, bytes);
            BufferedImage ours = ours(decoded, type == PictureType.JPEG ? Orientation.ofJpeg(bytes) : 1);
            return new Made(Encoder.jpeg(ours), Encoder.webp(ours), ours.getWidth(), ours.getHeight(), type);
        } catch (IOException e) {
            throw Refusal.of(ErrorKind.REJECTED, "not-an-image", 0, "the picture cannot be written anew", null, e);
        } finally {
            places.release();
        }
    }

    private BufferedImage ours(BufferedImage decoded, int orientation) {
        boolean swap = Orientation.swapsSides(orientation);
        double scale = Math.min(1.0, settings.maxSide() / (double) Math.max(decoded.getWidth(), decoded.getHeight()));
        int width = side((swap ? decoded.getHeight() : decoded.getWidth()) * scale);
        int height = side((swap ? decoded.getWidth() : decoded.getHeight()) * scale);
        BufferedImage ours = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = ours.createGraphics();
        try {
            pen.setColor(Color.WHITE);
            pen.fillRect(0, 0, width, height);
            pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            pen.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
            AffineTransform transform = AffineTransform.getScaleInstance(
                    width / (double) (swap ? decoded.getHeight() : decoded.getWidth()),
                    height / (double) (swap ? decoded.getWidth() : decoded.getHeight()));
            transform.concatenate(Orientation.upright(orientation, decoded.getWidth(), decoded.getHeight()));
            pen.drawImage(decoded, transform, null);
        } finally {
            pen.dispose();
        }
        return ours;
    }

    private static int side(double length) {
        return Math.max(1, (int) Math.round(length));
    }
}
