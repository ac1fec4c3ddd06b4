package io.caravan.hub.connectors.cjdropshipping;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes variant keys apart: {@code Blue Triangle-25X23CM} of a product with {@code Color-Dimensions}. Values may hold the
 * dash that joins them ({@code T-Shirt-XL}), so a key with more pieces than axes fits in several ways. Then the other
 * variants decide: first a way whose values are known from keys that fit in one way only; where that says nothing, the
 * ways of cutting that leave the fewest different values in all. What stays undecided is not guessed.
 */
final class CjVariantKeys {

    private static final int MOST_PIECES = 10;
    private static final int MOST_TRIES = 5_000;

    private final int axes;
    private final List<List<List<String>>> ways = new ArrayList<>();

    private CjVariantKeys(int axes) {
        this.axes = axes;
    }

    /**
     * Shape: in, one key for each variant; out, for each its values in the order of the axes. Empty when a key has too few
     * pieces, when the keys do not decide, or when two variants would be the same.
     */
    static Optional<List<List<String>>> split(List<String> keys, int axes) {
        CjVariantKeys all = new CjVariantKeys(axes);
        for (String key : keys) {
            List<List<String>> fits = all.fits(key);
            if (fits.isEmpty()) {
                return Optional.empty();
            }
            all.ways.add(fits);
        }
        return all.decided().filter(values -> new HashSet<>(values).size() == keys.size());
    }

    private List<List<String>> fits(String key) {
        List<?> array = key.startsWith("[") ? CjJson.array(key) : List.of();
        if (array.size() == axes && axes > 0) {
            return List.of(array.stream().map(CjJson::plain).toList());
        }
        if (axes == 1) {
            return key.isBlank() ? List.of() : List.of(List.of(key.strip()));
        }
        List<String> pieces = List.of(key.split("-", -1));
        List<List<String>> fits = new ArrayList<>();
        if (axes > 1 && pieces.size() <= MOST_PIECES) {
            cut(pieces, 0, new ArrayList<>(), fits);
        }
        return fits;
    }

    private void cut(List<String> pieces, int start, List<String> done, List<List<String>> fits) {
        int left = axes - done.size();
        int last = left == 1 ? pieces.size() : pieces.size() - left + 1;
        int first = left == 1 ? pieces.size() : start + 1;
        for (int end = first; end <= last && start < end; end++) {
            String value = String.join("-", pieces.subList(start, end)).strip();
            if (value.isEmpty() || value.startsWith("-") || value.endsWith("-")) {
                continue;
            }
            done.add(value);
            if (left == 1) {
                fits.add(List.copyOf(done));
            } else {
                cut(pieces, end, done, fits);
            }
            done.remove(done.size() - 1);
        }
    }

    private Optional<List<List<String>>> decided() {
        boolean progress = true;
        while (progress) {
            progress = false;
            List<Set<String>> known = known();
            for (int i = 0; i < ways.size(); i++) {
                if (ways.get(i).size() > 1) {
                    List<List<String>> best = best(ways.get(i), known);
                    if (best.size() == 1) {
                        ways.set(i, best);
                        progress = true;
                    }
                }
            }
        }
        return ways.stream().allMatch(one -> one.size() == 1)
                ? Optional.of(ways.stream().map(one -> one.get(0)).toList())
                : fewestValues();
    }

    private List<Set<String>> known() {
        List<Set<String>> known = new ArrayList<>();
        for (int axis = 0; axis < axes; axis++) {
            known.add(new HashSet<>());
        }
        ways.stream().filter(one -> one.size() == 1).forEach(one -> {
            for (int axis = 0; axis < axes; axis++) {
                known.get(axis).add(one.get(0).get(axis));
            }
        });
        return known;
    }

    /** Ways that lack at most one known value, of those the ones that lack the fewest; none when nothing is known. */
    private List<List<String>> best(List<List<String>> fits, List<Set<String>> known) {
        List<List<String>> best = new ArrayList<>();
        int most = Math.max(1, axes - 1);
        for (List<String> fit : fits) {
            int hits = 0;
            for (int axis = 0; axis < axes; axis++) {
                hits += known.get(axis).contains(fit.get(axis)) ? 1 : 0;
            }
            if (hits > most) {
                best.clear();
                most = hits;
            }
            if (hits == most) {
                best.add(fit);
            }
        }
        return best;
    }

    /** Keys with equally many pieces are cut at the same places; of all such cuts the one with the fewest values, if one. */
    private Optional<List<List<String>>> fewestValues() {
        List<Integer> sizes = new ArrayList<>(new LinkedHashSet<>(
                ways.stream().map(List::size).filter(size -> size > 1).toList()));
        long tries = 1;
        for (int size : sizes) {
            tries *= size;
            if (tries * ways.size() > MOST_TRIES) {
                return Optional.empty();
            }
        }
        List<List<String>> best = List.of();
        int fewest = Integer.MAX_VALUE;
        boolean tie = false;
        for (int number = 0; number < tries; number++) {
            List<List<String>> values = cutAll(sizes, number);
            int count = count(values);
            tie = count == fewest || (count > fewest && tie);
            if (count < fewest) {
                fewest = count;
                best = values;
            }
        }
        return tie || !steady(best, fewest) ? Optional.empty() : Optional.of(best);
    }

    /** Whether cutting any one key in another way would give more values; where it would not, the cut was a guess. */
    private boolean steady(List<List<String>> values, int fewest) {
        List<List<String>> other = new ArrayList<>(values);
        for (int i = 0; i < ways.size(); i++) {
            for (List<String> fit : ways.get(i)) {
                if (!fit.equals(values.get(i))) {
                    other.set(i, fit);
                    if (count(other) <= fewest) {
                        return false;
                    }
                }
            }
            other.set(i, values.get(i));
        }
        return true;
    }

    private List<List<String>> cutAll(List<Integer> sizes, int number) {
        List<List<String>> values = new ArrayList<>();
        for (List<List<String>> fits : ways) {
            int rest = number;
            int choice = 0;
            for (int size : sizes) {
                if (size == fits.size()) {
                    choice = rest % size;
                }
                rest /= size;
            }
            values.add(fits.get(choice));
        }
        return values;
    }

    private int count(List<List<String>> values) {
        int count = 0;
        for (int axis = 0; axis < axes; axis++) {
            Set<String> distinct = new HashSet<>();
            for (List<String> one : values) {
                distinct.add(one.get(axis));
            }
            count += distinct.size();
        }
        return count;
    }
}
