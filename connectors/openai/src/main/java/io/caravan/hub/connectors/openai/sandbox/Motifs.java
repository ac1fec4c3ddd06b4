package io.caravan.hub.connectors.openai.sandbox;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.util.Random;

/** One drawing for each theme, around the origin within about 260 units each way; the dice vary it. */
final class Motifs {

    private final Graphics2D g;
    private final Palette palette;
    private final Random dice;

    Motifs(Graphics2D g, Palette palette, Random dice) {
        this.g = g;
        this.palette = palette;
        this.dice = dice;
    }

    void draw(Theme theme) {
        switch (theme) {
            case WOODS -> woods();
            case CAMP -> camp();
            case NIGHT -> night();
            case ANIMAL -> animal();
            case SEA -> sea();
            case BOOKS -> books();
            case KITCHEN -> kitchen();
            case PLANT -> plant();
            case SPORT -> sport();
            case ABSTRACT -> petals();
        }
    }

    private void woods() {
        int count = 2 + dice.nextInt(3);
        for (int i = 0; i < count; i++) {
            double x = -190 + 380.0 * i / (count - 1) + dice.nextInt(40) - 20;
            double size = 90 + dice.nextInt(80);
            fill(
                    palette.light(),
                    new RoundRectangle2D.Double(x - size / 5, size / 2 - 80, size / 2.5, 270 - size / 2, 40, 40));
            fill(
                    i % 2 == 0 ? palette.main() : palette.second(),
                    new Arc2D.Double(x - size, -60 - size / 2, size * 2, size * 2.1, 0, 180, Arc2D.CHORD));
            for (int dot = 0; dot < 3; dot++) {
                disc(palette.paper(), x + (dot - 1) * size * 0.55, size * (dot == 1 ? -0.45 : -0.15) - 20, size * 0.13);
            }
        }
        line(palette.dark(), 14, -250, 190, 250, 190);
    }

    private void camp() {
        double shift = dice.nextInt(120) - 60;
        disc(palette.light(), shift * 2, -110, 90);
        fill(palette.second(), polygon(-270, 190, -90 + shift, -130, 90, 190));
        fill(palette.dark(), polygon(-60, 190, 110 + shift, -60, 270, 190));
        fill(palette.main(), polygon(-150, 200, -10 - shift, -10, 130, 200));
        fill(palette.paper(), polygon(-45, 200, -10 - shift / 2, 80, 30, 200));
        line(palette.dark(), 14, -270, 200, 270, 200);
    }

    private void night() {
        for (int band = 0; band < 4; band++) {
            Path2D wave = new Path2D.Double();
            double top = -200 + band * 62;
            wave.moveTo(-250, top);
            wave.curveTo(-90, top - 120 + dice.nextInt(80), 60, top + 90 - dice.nextInt(60), 250, top - 40);
            stroke(band % 2 == 0 ? palette.second() : palette.main(), 34 - band * 5, wave);
        }
        for (int star = 0; star < 9; star++) {
            disc(palette.light(), dice.nextInt(460) - 230, dice.nextInt(260) - 230, 4 + dice.nextInt(9));
        }
        fill(
                palette.dark(),
                polygon(-270, 220, -140, 40 + dice.nextInt(60), -20, 150, 90, 20 + dice.nextInt(80), 270, 220));
    }

    private void animal() {
        double ear = 50 + dice.nextInt(40);
        double spread = 110 + dice.nextInt(50);
        boolean pointed = dice.nextBoolean();
        for (int side = -1; side <= 1; side += 2) {
            if (pointed) {
                fill(
                        palette.main(),
                        polygon(
                                side * (spread - 60),
                                -120,
                                side * (spread + 40),
                                -240 - ear / 2,
                                side * (spread + 60),
                                -60));
            } else {
                disc(palette.main(), side * spread, -150, ear);
                disc(palette.light(), side * spread, -150, ear / 2);
            }
        }
        fill(palette.main(), new Ellipse2D.Double(-220, -180, 440, 380));
        fill(palette.light(), new Ellipse2D.Double(-110, -10, 220, 170));
        double eyes = 80 + dice.nextInt(40);
        disc(palette.dark(), -eyes, -40, 22);
        disc(palette.dark(), eyes, -40, 22);
        fill(palette.dark(), new RoundRectangle2D.Double(-34, 20, 68, 44, 40, 40));
        line(palette.dark(), 10, 0, 60, 0, 100);
        stroke(palette.dark(), 10, new Arc2D.Double(-60, 60, 120, 60, 200, 140, Arc2D.OPEN));
        disc(palette.second(), -150, 50, 26);
        disc(palette.second(), 150, 50, 26);
    }

    private void sea() {
        disc(palette.main(), dice.nextInt(120) - 60, -70, 150);
        for (int stripe = 0; stripe < 3; stripe++) {
            line(palette.paper(), 12, -200, -60 + stripe * 42, 200, -60 + stripe * 42);
        }
        for (int row = 0; row < 3; row++) {
            Path2D wave = new Path2D.Double();
            double y = 80 + row * 60;
            double start = -270 - dice.nextInt(60);
            wave.moveTo(start, y);
            for (double x = start; x < 250; x += 120) {
                wave.curveTo(x + 30, y - 70, x + 90, y - 70, x + 120, y);
            }
            stroke(row % 2 == 0 ? palette.second() : palette.dark(), 26, wave);
        }
    }

    private void books() {
        Color[] covers = {palette.main(), palette.second(), palette.dark(), palette.light()};
        double y = 200;
        int count = 4 + dice.nextInt(2);
        for (int i = 0; i < count; i++) {
            double width = 330 + dice.nextInt(140);
            double x = -width / 2 + dice.nextInt(60) - 30;
            y -= 66;
            fill(covers[i % covers.length], new RoundRectangle2D.Double(x, y, width, 58, 18, 18));
            fill(palette.paper(), new RoundRectangle2D.Double(x + width - 70, y + 12, 58, 34, 8, 8));
        }
        fill(palette.main(), new Arc2D.Double(-70, y - 190, 140, 200, 180, 180, Arc2D.CHORD));
        stroke(palette.main(), 16, new Arc2D.Double(40, y - 85, 60, 50, -90, 180, Arc2D.OPEN));
        steam(0, y - 120);
    }

    private void kitchen() {
        fill(palette.light(), new RoundRectangle2D.Double(-240, -60, 480, 250, 240, 240));
        stroke(palette.dark(), 14, new RoundRectangle2D.Double(-240, -60, 480, 250, 240, 240));
        int cuts = 3 + dice.nextInt(3);
        for (int i = 0; i < cuts; i++) {
            double x = -150 + 300.0 * i / (cuts - 1);
            stroke(palette.main(), 18, new Arc2D.Double(x - 60, -20, 120, 150, 60, 110, Arc2D.OPEN));
        }
        for (int i = -1; i <= 1; i++) {
            steam(i * 110, -90);
        }
    }

    private void plant() {
        int leaves = 5 + dice.nextInt(4);
        for (int i = 0; i < leaves; i++) {
            double angle = Math.toRadians(-80 + 160.0 * i / (leaves - 1));
            double length = 190 + dice.nextInt(70);
            Shape leaf = new Ellipse2D.Double(-38, -length, 76, length);
            AffineTransform turn = AffineTransform.getTranslateInstance(0, 50);
            turn.rotate(angle);
            fill(i % 2 == 0 ? palette.second() : palette.dark(), turn.createTransformedShape(leaf));
        }
        fill(palette.main(), polygon(-130, 40, 130, 40, 95, 220, -95, 220));
        for (int dot = -1; dot <= 1; dot++) {
            disc(palette.light(), dot * 60, 120 + dice.nextInt(30), 20);
        }
    }

    private void sport() {
        for (int i = 0; i < 5; i++) {
            line(
                    i % 2 == 0 ? palette.second() : palette.light(),
                    22,
                    -260,
                    -130 + i * 70,
                    20 - dice.nextInt(120),
                    -130 + i * 70);
        }
        disc(palette.main(), 90, 10, 160);
        double tilt = dice.nextInt(60);
        stroke(palette.paper(), 16, new Arc2D.Double(-70, -150, 200, 320, -60 + tilt, 120, Arc2D.OPEN));
        stroke(palette.paper(), 16, new Arc2D.Double(90, -150, 240, 320, 120 + tilt, 120, Arc2D.OPEN));
    }

    private void petals() {
        int count = 6 + dice.nextInt(7);
        double reach = 150 + dice.nextInt(90);
        double width = 60 + dice.nextInt(50);
        for (int i = 0; i < count; i++) {
            AffineTransform turn = AffineTransform.getRotateInstance(2 * Math.PI * i / count);
            Color color = i % 3 == 0 ? palette.main() : i % 3 == 1 ? palette.second() : palette.light();
            fill(color, turn.createTransformedShape(new Ellipse2D.Double(-width / 2, -reach - 60, width, reach)));
        }
        disc(palette.dark(), 0, 0, 60 + dice.nextInt(30));
        disc(palette.light(), 0, 0, 34);
    }

    private void steam(double x, double y) {
        Path2D steam = new Path2D.Double();
        steam.moveTo(x, y);
        steam.curveTo(x - 40, y - 40, x + 40, y - 70, x, y - 110);
        stroke(palette.dark(), 12, steam);
    }

    private void fill(Color color, Shape shape) {
        g.setColor(color);
        g.fill(shape);
    }

    private void disc(Color color, double x, double y, double radius) {
        fill(color, new Ellipse2D.Double(x - radius, y - radius, radius * 2, radius * 2));
    }

    private void line(Color color, double width, double x1, double y1, double x2, double y2) {
        Path2D path = new Path2D.Double();
        path.moveTo(x1, y1);
        path.lineTo(x2, y2);
        stroke(color, width, path);
    }

    private void stroke(Color color, double width, Shape shape) {
        g.setColor(color);
        g.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.draw(shape);
    }

    private static Shape polygon(double... points) {
        Path2D path = new Path2D.Double();
        path.moveTo(points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            path.lineTo(points[i], points[i + 1]);
        }
        path.closePath();
        return path;
    }
}
