package io.caravan.hub.connectors.aliexpress.sandbox;

import io.caravan.hub.connectors.sandbox.Answer;
import io.caravan.hub.connectors.sandbox.Call;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.ImageIO;

/** The picture server: JPEGs of 800 by 800, the same number always the same bytes, no two numbers alike. */
final class Pictures {

    private static final int SIDE = 800;

    private final Map<Long, byte[]> drawn = new ConcurrentHashMap<>();

    Answer get(Call call) {
        String number = call.param("n");
        if (!number.matches("[0-9]{1,12}")) {
            return Answer.text(404, "text/html", "<html><title>404</title></html>");
        }
        return Answer.bytes(200, "image/jpeg", drawn.computeIfAbsent(Long.valueOf(number), Pictures::draw));
    }

    private static byte[] draw(long number) {
        Random random = new Random(number);
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D brush = image.createGraphics();
        brush.setPaint(new GradientPaint(0, 0, color(random, 0.9f), SIDE, SIDE, color(random, 0.6f)));
        brush.fillRect(0, 0, SIDE, SIDE);
        for (int i = 0; i < 6; i++) {
            brush.setColor(color(random, 0.8f));
            int size = 120 + random.nextInt(260);
            int x = random.nextInt(SIDE - size);
            int y = random.nextInt(SIDE - size);
            if (random.nextBoolean()) {
                brush.fillOval(x, y, size, size);
            } else {
                brush.fillRoundRect(x, y, size, size, 60, 60);
            }
        }
        brush.dispose();
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            ImageIO.write(image, "jpg", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Color color(Random random, float brightness) {
        return Color.getHSBColor(random.nextFloat(), 0.35f + random.nextFloat() / 2, brightness);
    }
}
