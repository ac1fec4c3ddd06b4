package io.caravan.hub.connectors.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageHeaderTest {

    @ParameterizedTest
    @CsvSource({"png, image/png", "jpeg, image/jpeg"})
    void shouldReadSidesOfWhatTheJdkKnows(String format, String mediaType) throws Exception {
        assertThat(ImageHeader.of(picture(format, 37, 21))).contains(new ImageHeader(mediaType, 37, 21));
    }

    @ParameterizedTest
    @CsvSource({
        // lossy: key frame 16x8; lossless: 300x200; extended: 400x301
        "524946461a000000574542505650382000000000000000 9d012a 1000 0800, 16, 8",
        "5249464600000000574542505650384c00000000 2f 2bc13100 0000000000, 300, 200",
        "524946460000000057454250565038580a000000 10000000 8f0100 2c0100, 400, 301"
    })
    void shouldReadSidesOfAllThreeKindsOfWebp(String hex, int width, int height) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThat(ImageHeader.of(bytes)).contains(new ImageHeader("image/webp", width, height));
    }

    @Test
    void shouldReadAWebpOfAnotherProgram() {
        byte[] oneByOne = Base64.getDecoder().decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA");
        assertThat(ImageHeader.of(oneByOne)).contains(new ImageHeader("image/webp", 1, 1));
    }

    @Test
    void shouldTakeNothingElseForAPicture() throws Exception {
        assertThat(ImageHeader.of(new byte[0])).isEmpty();
        assertThat(ImageHeader.of(picture("gif", 3, 3))).isEmpty();
        assertThat(ImageHeader.of(
                        "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isEmpty();
        byte[] png = picture("png", 3, 3);
        assertThat(ImageHeader.of(Arrays.copyOf(png, 12))).isEmpty();
        byte[] absurd = png.clone();
        absurd[16] = 0x7f; // the width's highest byte
        assertThat(ImageHeader.of(absurd)).isEmpty();
    }

    private static byte[] picture(String format, int width, int height) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, out))
                .isTrue();
        return out.toByteArray();
    }
}
