package io.caravan.hub.bench.part;

import io.caravan.hub.bench.lab.Hub;
import io.caravan.hub.bench.lab.Lab;
import io.caravan.hub.bench.lab.Proc;
import io.caravan.hub.bench.report.Report;

/** Seconds of CPU that each process had used when this was made. */
record Cost(double hub, double database, double stub, double generator) {

    static Cost now(Lab lab, Hub hub) {
        return new Cost(hub.cpu(), lab.databaseCpu(), lab.stub().cpu(), Proc.own(ProcessHandle.current()));
    }

    Cost since(Cost before) {
        return new Cost(hub - before.hub, database - before.database, stub - before.stub, generator - before.generator);
    }

    void report(Report report, String part, String scenario, long items) {
        add(report, part, scenario, "hub", hub, items);
        if (database > 0) {
            add(report, part, scenario, "database", database, items);
        }
        add(report, part, scenario, "stub vendors", stub, items);
        add(report, part, scenario, "generator", generator, items);
    }

    private static void add(Report report, String part, String scenario, String who, double seconds, long items) {
        report.add(part, scenario, "CPU of " + who + " per 1,000 items", seconds * 1_000 / items, "s");
    }
}
