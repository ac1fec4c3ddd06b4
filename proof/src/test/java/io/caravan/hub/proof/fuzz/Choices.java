package io.caravan.hub.proof.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Where the chances come from: jazzer, which learns from what they led to, or a seed. */
interface Choices {

    /** 0 to n - 1; 0 once jazzer's bytes are used up, so that 0 is to be the choice that ends things. */
    int below(int n);

    byte[] bytes(int most);

    default boolean once(int in) {
        return below(in) == in - 1;
    }

    default <T> T one(List<T> all) {
        return all.get(below(all.size()));
    }

    default String text(int most) {
        return new String(bytes(most), StandardCharsets.UTF_8);
    }

    static Choices of(FuzzedDataProvider data) {
        return new Choices() {
            @Override
            public int below(int n) {
                return n <= 1 ? 0 : data.consumeInt(0, n - 1);
            }

            @Override
            public byte[] bytes(int most) {
                return data.consumeBytes(most);
            }
        };
    }

    static Choices of(Random random) {
        return new Choices() {
            @Override
            public int below(int n) {
                return n <= 1 ? 0 : random.nextInt(n);
            }

            @Override
            public byte[] bytes(int most) {
                byte[] bytes = new byte[random.nextInt(most + 1)];
                random.nextBytes(bytes);
                return bytes;
            }
        };
    }
}
