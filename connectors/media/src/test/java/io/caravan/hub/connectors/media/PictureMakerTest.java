package io.caravan.hub.connectors.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.caravan.hub.connectors.media.PictureMaker.Made;
import io.caravan.hub.model.ErrorKind;
import io.caravan.hub.model.VendorException;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureMakerTest {

    private final AtomicInteger decodes = new AtomicInteger();
    private final AtomicLong pixels = new AtomicLong();
    private final PictureMaker maker =
            new PictureMaker(MediaSettings.defaults(), new Decoder(MediaSettings.defaults()) {
                @Override
                BufferedImage pixels(ImageReader reader, ImageReadParam param) throws IOException {
                    decodes.incrementAndGet();
                    BufferedImage image = super.pixels(reader, param);
                    pixels.set((long) image.getWidth() * image.getHeight());
                    return image;
                }
            });

    @ParameterizedTest
    @CsvSource({"jpeg, JPEG", "png, PNG", "gif, GIF"})
    void shouldWriteEveryKindAnewAsJpegAndWebp(String format, PictureType type) throws IOException {
        Made made = maker.make(Samples.encoded(Samples.picture(400, 300, BufferedImage.TYPE_INT_RGB), format));

        assertThat(made.type()).isEqualTo(type);
        assertThat(made.width()).isEqualTo(400);
        assertThat(made.height()).isEqualTo(300);
        assertThat(PictureType.of(made.jpeg())).isEqualTo(PictureType.JPEG);
        assertColours(read(made.jpeg()), Color.GREEN, Color.RED, Color.BLUE);
    }

    @Test
    void shouldReadTheWebpThatItWrites() throws IOException {
        byte[] webp = Encoder.webp(Samples.picture(400, 300, BufferedImage.TYPE_INT_RGB));
        assertThat(webp).as("this machine writes WebP").isNotNull();
        assertThat(PictureType.of(Objects.requireNonNull(webp))).isEqualTo(PictureType.WEBP);

        Made made = maker.make(webp);

        assertThat(made.type()).isEqualTo(PictureType.WEBP);
        assertThat(made.webp()).isNotEmpty();
        assertColours(read(made.jpeg()), Color.GREEN, Color.RED, Color.BLUE);
    }

    @Test
    void shouldReadJpegsOfPrinters() throws IOException {
        byte[] cmyk = Samples.cmyk(120, 80);
        Made made = maker.make(cmyk);

        assertThat(made.width()).isEqualTo(120);
        assertNear(new Color(read(made.jpeg()).getRGB(60, 40)), Color.WHITE);
    }

    @Test
    void shouldGiveTheSameBytesForTheSamePicture() {
        byte[] picture = Samples.jpeg(300, 200);

        assertThat(maker.make(picture).jpeg()).isEqualTo(maker.make(picture).jpeg());
    }

    @ParameterizedTest
    @CsvSource({
        "6000, 3000, 2048, 1024",
        "300, 9000, 68, 2048",
        "2048, 2048, 2048, 2048",
        "1, 1, 1, 1",
        "3000, 1, 2048, 1"
    })
    void shouldMakeLargePicturesSmallWithoutReadingAllTheirPixels(int width, int height, int ourWidth, int ourHeight) {
        Made made = maker.make(Samples.encoded(Samples.picture(width, height, BufferedImage.TYPE_INT_RGB), "png"));

        assertThat(made.width()).isEqualTo(ourWidth);
        assertThat(made.height()).isEqualTo(ourHeight);
        assertThat(pixels.get()).isLessThanOrEqualTo(4_096L * 4_096);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 400, 200, 20, 20", "2, 400, 200, 380, 20", "3, 400, 200, 380, 180", "4, 400, 200, 20, 180",
        "5, 200, 400, 20, 20", "6, 200, 400, 180, 20", "7, 200, 400, 180, 380", "8, 200, 400, 20, 380"
    })
    void shouldTurnAPictureAsItsCameraWasHeld(int orientation, int width, int height, int greenX, int greenY)
            throws IOException {
        Made made = maker.make(Samples.turned(Samples.jpeg(400, 200), orientation));

        assertThat(made.width()).isEqualTo(width);
        assertThat(made.height()).isEqualTo(height);
        assertNear(new Color(read(made.jpeg()).getRGB(greenX, greenY)), Color.GREEN);
    }

    @Test
    void shouldKeepNothingButPixels() {
        byte[] original = Samples.turned(Samples.jpeg(400, 200), 6);
        assertThat(new String(original, StandardCharsets.ISO_8859_1)).contains("secret place", "Exif");

        Made made = maker.make(original);

        assertThat(new String(made.jpeg(), StandardCharsets.ISO_8859_1)).doesNotContain("secret place", "Exif");
    }

    @Test
    void shouldPutTransparentPicturesOnWhite() throws IOException {
        Made made = maker.make(Samples.encoded(new BufferedImage(50, 50, BufferedImage.TYPE_INT_ARGB), "png"));

        assertNear(new Color(read(made.jpeg()).getRGB(25, 25)), Color.WHITE);
    }

    @ParameterizedTest
    @CsvSource({"50000, 50000", "2147483647, 2147483647", "40000001, 1", "6325, 6325"})
    void shouldRefuseABombByItsHeaderWithoutDecodingAPixel(int width, int height) {
        VendorException refusal = refusal(Samples.claiming(width, height));

        assertThat(refusal.kind()).isEqualTo(ErrorKind.REJECTED);
        assertThat(refusal.code()).isEqualTo("too-many-pixels");
        assertThat(decodes).hasValue(0);
    }

    @Test
    void shouldNotUnpackATextBesideThePixels() {
        byte[] bomb = Samples.withTextBomb(64);
        assertThat(bomb).hasSizeLessThan(100_000);

        assertThat(maker.make(bomb).width()).isEqualTo(4);
        assertThat(Structure.plainPng(bomb)).hasSizeLessThan(200);
    }

    @Test
    void shouldRefuseAJpegThatDrawsItsPixelsAgainAndAgain() {
        byte[] jpeg = Samples.jpeg(100, 100);
        byte[] bomb = java.util.Arrays.copyOf(jpeg, jpeg.length + 2_000);
        for (int i = jpeg.length - 2; i + 1 < bomb.length; i += 2) {
            bomb[i] = (byte) 0xFF;
            bomb[i + 1] = (byte) 0xDA;
        }
        assertThat(refusal(bomb).code()).isEqualTo("too-many-pixels");
        assertThat(decodes).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<svg xmlns='http://www.w3.org/2000/svg'/>",
                "<?xml version='1.0'?><svg/>",
                "<html><img src=x></html>",
                "",
                "GIF89",
                "BM______________",
                "%PDF-1.7",
                "II*\0____________",
                "RIFF____AVI ____",
            })
    void shouldRefuseWhatIsNoPictureWhateverItCallsItself(String text) {
        assertThat(refusal(text.getBytes(StandardCharsets.ISO_8859_1)).code()).isEqualTo("not-an-image");
        assertThat(decodes).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png", "gif", "webp"})
    void shouldRefuseOrRepairBrokenPicturesButNeverFail(String format) throws IOException {
        BufferedImage image = Samples.picture(64, 64, BufferedImage.TYPE_INT_RGB);
        byte[] good =
                format.equals("webp") ? Objects.requireNonNull(Encoder.webp(image)) : Samples.encoded(image, format);
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            byte[] bad = java.util.Arrays.copyOf(good, i % 3 == 0 ? random.nextInt(good.length) : good.length);
            for (int flips = random.nextInt(6); flips > 0 && bad.length > 0; flips--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(maker.make(bad).width()).isPositive();
            } catch (VendorException e) {
                assertThat(e.code()).isIn("not-an-image", "too-many-pixels");
            }
        }
    }

    private VendorException refusal(byte[] bytes) {
        VendorException refusal = catchThrowableOfType(VendorException.class, () -> maker.make(bytes));
        assertThat(refusal).as("must be refused").isNotNull();
        return refusal;
    }

    private static BufferedImage read(byte[] jpeg) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(jpeg));
    }

    private static void assertColours(BufferedImage image, Color corner, Color left, Color right) {
        int width = image.getWidth();
        int height = image.getHeight();
        assertNear(new Color(image.getRGB(width / 16, height / 16)), corner);
        assertNear(new Color(image.getRGB(width / 4, height * 3 / 4)), left);
        assertNear(new Color(image.getRGB(width * 3 / 4, height / 2)), right);
    }

    private static void assertNear(Color seen, Color wanted) {
        assertThat(Math.abs(seen.getRed() - wanted.getRed())
                        + Math.abs(seen.getGreen() - wanted.getGreen())
                        + Math.abs(seen.getBlue() - wanted.getBlue()))
                .as("%s is nearly %s", seen, wanted)
                .isLessThan(60);
    }
}
