package io.caravan.hub.enrich.idea;

import io.caravan.hub.enrich.Fault;
import io.caravan.hub.model.idea.Idea;
import java.util.List;

/** What the judge says of a model's answer. */
public sealed interface Verdict {

    boolean passed();

    /** Empty when it passed. */
    List<Fault> faults();

    /** The idea may go on. */
    record Pass(Idea idea) implements Verdict {
        @Override
        public boolean passed() {
            return true;
        }

        @Override
        public List<Fault> faults() {
            return List.of();
        }
    }

    /** One repair may be asked for, then it is a person's. */
    record Fail(List<Fault> faults) implements Verdict {

        public Fail {
            faults = List.copyOf(faults);
        }

        @Override
        public boolean passed() {
            return false;
        }
    }
}
