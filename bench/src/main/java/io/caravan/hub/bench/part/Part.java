package io.caravan.hub.bench.part;

import io.caravan.hub.bench.lab.Lab;
import io.caravan.hub.bench.report.Report;
import java.io.IOException;

/** One thing to measure; leaves the lab usable for the next one. */
public interface Part {

    String name();

    void measure(Lab lab, Report report) throws IOException;
}
