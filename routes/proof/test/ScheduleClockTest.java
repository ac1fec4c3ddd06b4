package io.caravan.hub.routes.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.caravan.hub.connectors.delivery.db.Db;
import io.caravan.hub.connectors.delivery.slot.Slots;
import io.caravan.hub.model.AccountId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.CronExpression;

/**
 * The product's own schedules, as its properties file has them, when the clocks change: summer time begins and ends, and
 * the machine's clock is set. Two nodes fire, one of them with a clock that is 10 s off. Each slot is done once.
 */
class ScheduleClockTest {

    private static final AccountId ACCOUNT = new AccountId("acme");
    private static final List<String> ZONES =
            List.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Asia/Kolkata");
    private static final Duration SKEW = Duration.ofSeconds(10);

    @TempDir
    static Path folder;

    private static Ledger ledger;
    private static Slots slots;
    private static Map<String, String> schedules = Map.of();

    @BeforeAll
    static void open() throws IOException {
        ledger = Ledger.fresh(Ledger.file(folder.resolve("slots")));
        slots = new Slots(new Db(ledger.dataSource()));
        Properties properties = new Properties();
        try (InputStream file = ScheduleClockTest.class.getResourceAsStream("/config/application.properties")) {
            properties.load(file);
        }
        schedules = new TreeMap<>();
        properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith("hub.") && name.endsWith("cron"))
                .forEach(name -> schedules.put(name, properties.getProperty(name)));
        assertThat(schedules).hasSizeGreaterThan(4);
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    @Test
    void whenSummerTimeBeginsOrEndsEachSlotIsDoneOnceAndNoDayIsLeftOut() throws ParseException {
        List<String> wrong = new ArrayList<>();
        int cases = 0;
        int fires = 0;
        for (String zone : ZONES) {
            for (Instant change : changes(ZoneId.of(zone))) {
                for (Map.Entry<String, String> schedule : schedules.entrySet()) {
                    String what = schedule.getKey() + " in " + zone + " at " + change;
                    CronExpression cron = cron(schedule.getValue(), zone);
                    Instant from = change.minus(Duration.ofHours(30));
                    Instant to = change.plus(Duration.ofHours(30));
                    List<Instant> times = between(cron, from, to);
                    cases++;
                    fires += times.size();
                    wrong.addAll(once(what, cron, from, to));
                    Duration usual = daily(schedule.getValue()) ? Duration.ofDays(1) : gap(times);
                    for (int i = 1; i < times.size(); i++) {
                        Duration gap = Duration.between(times.get(i - 1), times.get(i));
                        if (gap.isNegative() || gap.isZero() || gap.compareTo(usual.plus(Duration.ofHours(1))) > 0) {
                            wrong.add(what + ": " + times.get(i - 1) + " and then " + times.get(i));
                        }
                    }
                    wrong.addAll(daily(what, schedule.getValue(), times, ZoneId.of(zone)));
                }
            }
        }
        System.out.printf("summer time: %d cases, %d fires, %d things wrong%n", cases, fires, wrong.size());
        assertThat(wrong).isEmpty();
    }

    @Test
    void whenTheClockIsSetAndTheHubStartsAgainNoSlotIsDoneTwice() throws ParseException {
        List<String> wrong = new ArrayList<>();
        int cases = 0;
        Instant begin = Instant.parse("2026-05-04T09:00:20Z");
        for (Duration jump : List.of(
                Duration.ofHours(1),
                Duration.ofHours(-1),
                Duration.ofDays(1),
                Duration.ofDays(-1),
                Duration.ofSeconds(-5),
                Duration.ofSeconds(5))) {
            for (Map.Entry<String, String> schedule : schedules.entrySet()) {
                String what = schedule.getKey() + " set by " + jump;
                CronExpression cron = cron(schedule.getValue(), "UTC");
                Instant set = begin.plus(Duration.ofHours(26));
                List<Instant> before = between(cron, begin, set);
                // a scheduler that starts computes from the clock that it finds
                List<Instant> after =
                        between(cron, set.plus(jump), set.plus(jump).plus(Duration.ofHours(50)));
                cases++;
                Set<Instant> all = new LinkedHashSet<>(before);
                all.addAll(after);
                List<Instant> fired = new ArrayList<>(before);
                fired.addAll(after);
                int taken = 0;
                for (Instant one : fired) {
                    taken += take(what, one) ? 1 : 0;
                }
                if (taken != all.size()) {
                    wrong.add(what + ": " + taken + " of " + all.size() + " slots");
                }
                Instant last = before.isEmpty() ? begin : before.get(before.size() - 1);
                if (jump.isNegative()
                        && between(cron, last, set.plus(Duration.ofHours(20))).stream()
                                .anyMatch(one -> !all.contains(one))) {
                    wrong.add(what + ": a slot was left out");
                }
            }
        }
        System.out.printf("clocks that are set: %d cases, %d things wrong%n", cases, wrong.size());
        assertThat(wrong).isEmpty();
    }

    /** Two nodes fire, each by its own clock; the slot is the schedule's time, which is the same on both. */
    private static List<String> once(String what, CronExpression cron, Instant from, Instant to) {
        List<String> wrong = new ArrayList<>();
        List<Instant> first = between(cron, from, to);
        for (Instant one : first) {
            if (!take(what, one)) {
                wrong.add(what + ": " + one + " comes twice");
            }
        }
        for (Instant one : between(cron, from.plus(SKEW), to)) {
            if (take(what, one)) {
                wrong.add(what + ": " + one + " is done by the second node again");
            }
        }
        return wrong;
    }

    private static boolean take(String schedule, Instant at) {
        return slots.take(ACCOUNT, schedule, at, connection -> {});
    }

    /** A schedule with one hour of the day fires on each day once, also when that hour comes twice. */
    private static List<String> daily(String what, String cron, List<Instant> times, ZoneId zone) {
        if (!daily(cron)) {
            return List.of();
        }
        List<LocalDate> days =
                times.stream().map(one -> one.atZone(zone).toLocalDate()).toList();
        Set<LocalDate> all = new TreeSet<>(days);
        return days.size() == all.size() && all.size() >= 2 ? List.of() : List.of(what + ": on " + days);
    }

    private static boolean daily(String cron) {
        return cron.matches("\\d+ \\d+ \\d+ .*");
    }

    /** The longest of the first ten, which lie before the change. */
    private static Duration gap(List<Instant> times) {
        Duration longest = Duration.ZERO;
        for (int i = 1; i < Math.min(10, times.size()); i++) {
            Duration one = Duration.between(times.get(i - 1), times.get(i));
            longest = one.compareTo(longest) > 0 ? one : longest;
        }
        return longest;
    }

    /** The next two changes; of a zone without any a day like another. */
    private static List<Instant> changes(ZoneId zone) {
        Instant from = Instant.parse("2026-01-01T00:00:00Z");
        List<Instant> all = new ArrayList<>();
        ZoneOffsetTransition next = zone.getRules().nextTransition(from);
        while (next != null && all.size() < 2) {
            all.add(next.getInstant());
            next = zone.getRules().nextTransition(next.getInstant());
        }
        return all.isEmpty()
                ? List.of(ZonedDateTime.of(2026, 3, 29, 3, 0, 0, 0, zone).toInstant())
                : all;
    }

    private static CronExpression cron(String text, String zone) throws ParseException {
        CronExpression cron = new CronExpression(text);
        cron.setTimeZone(TimeZone.getTimeZone(zone));
        return cron;
    }

    private static List<Instant> between(CronExpression cron, Instant from, Instant to) {
        List<Instant> times = new ArrayList<>();
        Date next = cron.getNextValidTimeAfter(Date.from(from));
        while (next != null && next.toInstant().isBefore(to)) {
            times.add(next.toInstant());
            next = cron.getNextValidTimeAfter(next);
        }
        return times;
    }
}
