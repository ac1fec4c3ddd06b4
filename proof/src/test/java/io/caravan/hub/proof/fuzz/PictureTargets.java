package io.caravan.hub.proof.fuzz;

import io.caravan.hub.model.VendorException;
import io.caravan.hub.proof.fuzz.Target.Form;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Pictures of strangers, and where they are fetched from. */
final class PictureTargets {

    private static final String MEDIA = "io.caravan.hub.connectors.media.";

    private PictureTargets() {}

    static List<Target> all() {
        return List.of(picture(), address());
    }

    private static Target picture() {
        Object settings = Hidden.make(
                MEDIA + "MediaSettings",
                Set.of(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                1L,
                1L << 20,
                500_000L,
                512,
                1);
        Object maker = Hidden.make(MEDIA + "PictureMaker", settings, Hidden.make(MEDIA + "Decoder", settings));
        return Target.parser(
                "picture",
                Form.BYTES,
                Pictures.seeds(),
                input -> Hidden.call(MEDIA + "PictureMaker", maker, "make", (Object) input),
                List.of(VendorException.class));
    }

    private static Target address() {
        return Target.parser(
                "picture-address",
                Form.TEXT,
                Target.texts(
                        "https://ae01.alicdn.com/kf/S1.jpg", "http://[2001:db8::1]:80/x", "https://user@x.example:99/"),
                input -> Hidden.call(MEDIA + "Target", null, "of", Target.utf8(input), Set.of("127.0.0.1:80")),
                List.of(VendorException.class));
    }
}
