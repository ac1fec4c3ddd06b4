package io.caravan.hub.connectors.openai.sandbox;

import java.awt.Color;
import java.util.List;

/** Five colours that go together. */
record Palette(Color paper, Color dark, Color main, Color second, Color light) {

    private static final List<Palette> ALL = List.of(
            of(0xF6EAD7, 0x2B2D42, 0xE4572E, 0x76B041, 0xFFC914),
            of(0xEAF4F4, 0x22333B, 0x2A9D8F, 0xE9C46A, 0xF4A261),
            of(0x1B1B3A, 0xF8F4E3, 0x9B5DE5, 0x00BBF9, 0xFEE440),
            of(0xFFF1E6, 0x3D405B, 0xE07A5F, 0x81B29A, 0xF2CC8F),
            of(0xE8F1F2, 0x13293D, 0x006494, 0x1B98E0, 0xF5B700),
            of(0xF7F7F2, 0x333D29, 0x7F5539, 0x6A994E, 0xDDA15E),
            of(0xFDE2E4, 0x4A2545, 0xC9184A, 0x5E60CE, 0xFFB5A7),
            of(0x0B3954, 0xFEFFFE, 0xFF6663, 0xBFD7EA, 0xE0FF4F));

    private static Palette of(int paper, int dark, int main, int second, int light) {
        return new Palette(new Color(paper), new Color(dark), new Color(main), new Color(second), new Color(light));
    }

    static Palette of(int seed) {
        return ALL.get(Math.floorMod(seed, ALL.size()));
    }
}
