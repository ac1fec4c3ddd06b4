package io.caravan.hub.connectors.openai.sandbox;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Draws a motif, a frame and words. The same prompt gives the same picture; another prompt another layout and colours. */
final class Easel {

    static {
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
    }

    private Easel() {}

    /**
     * @param words written below the motif; empty for none
     * @param size {@code 1024x1536}: width and height
     * @param format {@code png} or {@code jpeg}
     * @param variant number of the picture of one request
     */
    static byte[] draw(String prompt, String words, String size, boolean transparent, String format, int variant) {
        String[] sides = size.split("x", 2);
        int width = Integer.parseInt(sides[0]);
        int height = Integer.parseInt(sides[1]);
        int seed = prompt.hashCode() * 31 + variant;
        Random dice = new Random(seed);
        Palette palette = Palette.of(dice.nextInt(1 << 16));
        int type = format.equals("jpeg") ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB;
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        if (!transparent) {
            g.setColor(palette.paper());
            g.fill(new Rectangle2D.Double(0, 0, width, height));
        }
        double scale = Math.min(width, height) / 1024.0;
        g.translate(width / 2.0, height / 2.0);
        g.scale(scale, scale);
        List<String> lines = lines(StrokeLetters.drawable(words));
        frame(g, palette, dice);
        motif(g, palette, dice, Theme.of(prompt), lines.isEmpty() ? 0 : -70 - 20 * lines.size());
        letters(g, palette, lines);
        g.dispose();
        return bytes(image, format);
    }

    private static void frame(Graphics2D g, Palette palette, Random dice) {
        g.setColor(palette.light());
        switch (dice.nextInt(4)) {
            case 0 -> {
                int rays = 10 + dice.nextInt(14);
                double turn = dice.nextDouble();
                for (int i = 0; i < rays; i++) {
                    AffineTransform place = AffineTransform.getRotateInstance(2 * Math.PI * (i + turn) / rays);
                    g.fill(place.createTransformedShape(new Rectangle2D.Double(-9, -490, 18, 110 + dice.nextInt(50))));
                }
            }
            case 1 -> {
                double radius = 380 + dice.nextInt(90);
                g.setStroke(new BasicStroke(10 + dice.nextInt(30)));
                g.draw(new Ellipse2D.Double(-radius, -radius, radius * 2, radius * 2));
            }
            case 2 -> {
                for (int i = 0; i < 40; i++) {
                    double r = 6 + dice.nextInt(22);
                    g.setColor(i % 2 == 0 ? palette.light() : palette.second());
                    g.fill(new Ellipse2D.Double(dice.nextInt(940) - 470, dice.nextInt(940) - 470, r, r));
                }
            }
            default -> {
                double inset = dice.nextInt(70);
                Path2D diamond = new Path2D.Double();
                diamond.moveTo(0, -490 + inset);
                diamond.lineTo(490 - inset, 0);
                diamond.lineTo(0, 490 - inset);
                diamond.lineTo(-490 + inset, 0);
                diamond.closePath();
                g.setStroke(new BasicStroke(16));
                g.draw(diamond);
            }
        }
    }

    private static void motif(Graphics2D g, Palette palette, Random dice, Theme theme, double up) {
        AffineTransform before = g.getTransform();
        double size = 0.95 + dice.nextDouble() * 0.3;
        g.translate(dice.nextInt(60) - 30, up);
        g.scale(dice.nextBoolean() ? size : -size, size);
        new Motifs(g, palette, dice).draw(theme);
        g.setTransform(before);
    }

    private static void letters(Graphics2D g, Palette palette, List<String> lines) {
        double y = 265;
        for (String line : lines) {
            double height = Math.min(74, 820 / StrokeLetters.width(line));
            Path2D path = StrokeLetters.line(line, 0, y, height);
            g.setColor(palette.paper());
            g.setStroke(new BasicStroke((float) height / 2.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            g.draw(path);
            g.setColor(palette.dark());
            g.setStroke(new BasicStroke((float) height / 5.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            g.draw(path);
            y += height + 40;
        }
    }

    /** At most two lines of about half the words each. */
    private static List<String> lines(String words) {
        List<String> lines = new ArrayList<>();
        if (words.length() <= 14) {
            lines.add(words);
        } else {
            int middle = words.indexOf(' ', words.length() / 2 - 2);
            int cut = middle < 0 ? words.lastIndexOf(' ') : middle;
            lines.add(cut < 0 ? words : words.substring(0, cut));
            if (cut > 0) {
                lines.add(words.substring(cut + 1));
            }
        }
        lines.removeIf(String::isEmpty);
        return lines;
    }

    private static byte[] bytes(BufferedImage image, String format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            if (!ImageIO.write(image, format, stream)) {
                throw new IllegalStateException("this JDK writes no " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
