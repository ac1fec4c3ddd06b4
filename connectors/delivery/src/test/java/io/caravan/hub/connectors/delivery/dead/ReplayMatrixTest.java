package io.caravan.hub.connectors.delivery.dead;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.connectors.delivery.dead.ReplayCell.Cause;
import io.caravan.hub.connectors.delivery.dead.ReplayCell.Thing;
import io.caravan.hub.connectors.delivery.dead.ReplayCell.Way;
import io.caravan.hub.connectors.delivery.rig.Database;
import io.caravan.hub.connectors.delivery.rig.Rig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What a person can do about a dead letter, for each thing that it may be about and each cause that it may have: nothing is
 * done twice, what is refused changes nothing, and who did what, why and to which payload stands in the audit.
 */
class ReplayMatrixTest {

    @Test
    void nothingIsDoneTwiceWhateverAPersonDoesAboutADeadLetter() {
        run(Database.H2);
    }

    @Test
    @EnabledIfSystemProperty(named = "hub.proof", matches = "true")
    void norOnPostgres() {
        run(Database.POSTGRES);
    }

    private static void run(Database database) {
        try (Rig rig = Rig.on(database)) {
            ReplayDesk desk = new ReplayDesk(rig);
            List<ReplayCell> cells = cells();
            cells.forEach(desk::bury);
            Rig.eventually().until(() -> rig.count("SELECT COUNT(*) FROM dead") == cells.size());
            assertThat(desk.causes(cells)).as("how they died").isEmpty();
            desk.mend();

            List<String> wrong = new ArrayList<>();
            cells.forEach(cell -> wrong.addAll(desk.act(cell)));
            Rig.eventually().until(desk::idle);
            cells.forEach(cell -> wrong.addAll(desk.actAgain(cell)));
            Rig.eventually().until(desk::idle);
            cells.forEach(cell -> wrong.addAll(desk.judge(cell)));
            System.out.printf(
                    Locale.ROOT,
                    "dead letters, %s: %d cases (%d ways x %d kinds), %d replays audited, %d edits audited, %d things wrong%n",
                    database,
                    cells.size(),
                    Way.values().length,
                    cells.size() / Way.values().length,
                    rig.count("SELECT COUNT(*) FROM audit WHERE action LIKE 'dead.replay%'"),
                    rig.count("SELECT COUNT(*) FROM audit WHERE action = 'dead.edit'"),
                    wrong.size());
            assertThat(wrong).isEmpty();
            assertThat(cells).hasSizeGreaterThanOrEqualTo(200);
        }
    }

    private static List<ReplayCell> cells() {
        List<ReplayCell> cells = new ArrayList<>();
        for (Thing thing : Thing.values()) {
            for (Cause cause : Cause.values()) {
                for (Way way : Way.values()) {
                    if (cause.fits(thing)) {
                        cells.add(new ReplayCell(thing, cause, way));
                    }
                }
            }
        }
        return cells;
    }
}
