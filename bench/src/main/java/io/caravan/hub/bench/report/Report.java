package io.caravan.hub.bench.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The figures of one run. */
public final class Report {

    private final String command;
    private final String startedAt;
    private final Map<String, String> machine;
    private final List<Figure> figures = new ArrayList<>();

    /** @param unit may be empty */
    public record Figure(String part, String scenario, String name, double value, String unit) {}

    public Report(String command, String startedAt, Map<String, String> machine) {
        this.command = command;
        this.startedAt = startedAt;
        this.machine = machine;
    }

    /** Kept, and said on the terminal at once. */
    @SuppressWarnings("PMD.SystemPrintln")
    public void add(String part, String scenario, String name, double value, String unit) {
        Figure figure = new Figure(part, scenario, name, value, unit);
        figures.add(figure);
        System.out.printf(Locale.ROOT, "  %-10s %-28s %-46s %12s %s%n", part, scenario, name, text(value), unit);
    }

    public List<Figure> figures() {
        return List.copyOf(figures);
    }

    public String json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("command", command);
        all.put("started_at", startedAt);
        all.put("machine", machine);
        all.put("figures", figures);
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(all);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A row for each figure, a column for each scenario. */
    public String markdown() {
        Set<String> scenarios = new LinkedHashSet<>();
        Map<String, Map<String, String>> rows = new LinkedHashMap<>();
        for (Figure one : figures) {
            scenarios.add(one.scenario());
            String name = one.part() + " | " + one.name() + (one.unit().isEmpty() ? "" : ", " + one.unit());
            rows.computeIfAbsent(name, key -> new LinkedHashMap<>()).put(one.scenario(), text(one.value()));
        }
        StringBuilder out = new StringBuilder(2_000);
        machine.forEach((name, value) ->
                out.append("- ").append(name).append(": ").append(value).append('\n'));
        out.append("- started: ")
                .append(startedAt)
                .append("\n- command: `")
                .append(command)
                .append("`\n\n");
        out.append("| Part | Figure | ").append(String.join(" | ", scenarios)).append(" |\n|---|---|");
        out.append("---:|".repeat(scenarios.size())).append('\n');
        rows.forEach((name, values) -> {
            out.append("| ").append(name);
            scenarios.forEach(scenario -> out.append(" | ").append(values.getOrDefault(scenario, "")));
            out.append(" |\n");
        });
        return out.toString();
    }

    private static String text(double value) {
        if (Math.abs(value) >= 100 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
    }
}
