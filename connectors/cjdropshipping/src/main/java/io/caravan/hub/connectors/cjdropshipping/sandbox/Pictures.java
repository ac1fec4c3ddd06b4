package io.caravan.hub.connectors.cjdropshipping.sandbox;

import io.caravan.hub.connectors.sandbox.Answer;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures of the catalogue: JPEGs of 800 by 800, each number its own, the same each time. */
final class Pictures {

    private static final int SIDE = 800;

    private Pictures() {}

    static Answer picture(String name) {
        if (!name.matches("[1-9][0-9]{0,2}\\.jpg")) {
            return Answer.empty(404);
        }
        return Answer.bytes(200, "image/jpeg", jpeg(Integer.parseInt(name.substring(0, name.length() - 4))));
    }

    private static byte[] jpeg(int number) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(number);
        float hue = random.nextFloat();
        Graphics2D canvas = image.createGraphics();
        try {
            canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            canvas.setPaint(new GradientPaint(
                    0, 0, Color.getHSBColor(hue, 0.12f, 0.98f), SIDE, SIDE, Color.getHSBColor(hue, 0.25f, 0.85f)));
            canvas.fillRect(0, 0, SIDE, SIDE);
            for (int i = 0; i < 6; i++) {
                int size = 160 + random.nextInt(320);
                canvas.setColor(
                        Color.getHSBColor(hue + random.nextFloat() * 0.2f, 0.6f, 0.5f + random.nextFloat() / 2));
                canvas.fillRoundRect(random.nextInt(SIDE - 160), random.nextInt(SIDE - 160), size, size, 90, 90);
            }
        } finally {
            canvas.dispose();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, "jpeg", out)) {
                throw new IllegalStateException("this JDK writes no JPEG");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
