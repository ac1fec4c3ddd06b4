package io.caravan.hub.connectors.openai.sandbox;

import java.awt.geom.Path2D;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;

/**
 * Capital letters as strokes on a grid of 4 by 6, so that pictures need no font: servers often have none, and the same
 * prompt gives the same picture everywhere. A pair of digits is a point, a space draws on, a bar lifts the pen.
 */
final class StrokeLetters {

    private static final double ADVANCE = 5.6;
    private static final Map<Character, String> GLYPHS = Map.ofEntries(
            Map.entry('A', "06 20 46|13 33"),
            Map.entry('B', "06 00 30 41 42 33 03|33 44 45 36 06"),
            Map.entry('C', "41 30 10 01 05 16 36 45"),
            Map.entry('D', "06 00 20 42 44 26 06"),
            Map.entry('E', "40 00 06 46|03 33"),
            Map.entry('F', "40 00 06|03 33"),
            Map.entry('G', "41 30 10 01 05 16 36 45 43 23"),
            Map.entry('H', "00 06|40 46|03 43"),
            Map.entry('I', "20 26"),
            Map.entry('J', "30 35 26 16 05"),
            Map.entry('K', "00 06|40 03 46"),
            Map.entry('L', "00 06 46"),
            Map.entry('M', "06 00 23 40 46"),
            Map.entry('N', "06 00 46 40"),
            Map.entry('O', "10 30 41 45 36 16 05 01 10"),
            Map.entry('P', "06 00 30 41 42 33 03"),
            Map.entry('Q', "10 30 41 45 36 16 05 01 10|34 46"),
            Map.entry('R', "06 00 30 41 42 33 03|23 46"),
            Map.entry('S', "41 30 10 01 02 13 33 44 45 36 16 05"),
            Map.entry('T', "00 40|20 26"),
            Map.entry('U', "00 05 16 36 45 40"),
            Map.entry('V', "00 26 40"),
            Map.entry('W', "00 16 23 36 40"),
            Map.entry('X', "00 46|40 06"),
            Map.entry('Y', "00 23 40|23 26"),
            Map.entry('Z', "00 40 06 46"),
            Map.entry('0', "10 30 41 45 36 16 05 01 10"),
            Map.entry('1', "11 20 26|16 36"),
            Map.entry('2', "01 10 30 41 42 06 46"),
            Map.entry('3', "00 40 23 33 44 45 36 16 05"),
            Map.entry('4', "36 30 04 44"),
            Map.entry('5', "40 00 03 33 44 45 36 06"),
            Map.entry('6', "40 20 02 05 16 36 45 44 33 03"),
            Map.entry('7', "00 40 16"),
            Map.entry('8', "10 30 41 42 33 13 02 01 10|13 04 05 16 36 45 44 33"),
            Map.entry('9', "43 13 02 01 10 30 41 44 26 06"),
            Map.entry('-', "13 33"),
            Map.entry('&', "46 11 20 31 04 05 16 26 44"),
            Map.entry('!', "20 24|26 26"),
            Map.entry('\'', "20 21"));

    private StrokeLetters() {}

    /** The letters it can draw; accents fall away, other scripts leave nothing. */
    static String drawable(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
        StringBuilder out = new StringBuilder();
        for (char c : plain.toUpperCase(Locale.ROOT).toCharArray()) {
            out.append(GLYPHS.containsKey(c) ? c : ' ');
        }
        return out.toString().replaceAll(" +", " ").strip();
    }

    /** Width of a line in units of its letters' height. */
    static double width(String line) {
        return line.isEmpty() ? 0 : ((line.length() - 1) * ADVANCE + 4) / 6;
    }

    /** The line's strokes, centred at x, its top at y. */
    static Path2D line(String line, double x, double y, double height) {
        Path2D path = new Path2D.Double();
        double unit = height / 6;
        double left = x - width(line) * height / 2;
        for (int i = 0; i < line.length(); i++) {
            String glyph = GLYPHS.getOrDefault(line.charAt(i), "");
            for (String stroke : glyph.isEmpty() ? new String[0] : glyph.split("\\|")) {
                boolean down = false;
                for (String point : stroke.split(" ")) {
                    double px = left + (i * ADVANCE + point.charAt(0) - '0') * unit;
                    double py = y + (point.charAt(1) - '0') * unit;
                    if (down) {
                        path.lineTo(px, py);
                    } else {
                        path.moveTo(px, py);
                    }
                    down = true;
                }
            }
        }
        return path;
    }
}
