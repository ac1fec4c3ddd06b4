package io.caravan.hub.config.backup;

import io.caravan.hub.config.security.Caller;
import io.caravan.hub.config.security.Role;
import io.caravan.hub.config.settings.HubProperties;
import io.caravan.hub.config.web.Refusal;
import io.caravan.hub.connectors.delivery.DeliveryEngine;
import io.caravan.hub.connectors.delivery.effect.Quarantine;
import io.caravan.hub.model.AccountId;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import javax.sql.DataSource;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Backup while the hub runs, and what a restore led to. All accounts are in a backup, so it takes an admin key of the
 * operator's account, as the end of a quarantine does.
 */
@RestController
@RequestMapping("/api/v1")
class BackupController {

    private static final int MOST = 200;

    private final AccountId operator;
    private final Backup backup;
    private final Quarantine quarantine;

    BackupController(DataSource database, HubProperties hub, DeliveryEngine engine) {
        this.operator = new AccountId(hub.admin().account());
        this.backup = new Backup(database, hub);
        this.quarantine = engine.quarantine();
    }

    @PostMapping(path = "/backups", produces = "application/zip")
    void backup(@AuthenticationPrincipal Caller caller, HttpServletResponse response) throws IOException {
        operator(caller);
        if (!backup.possible()) {
            throw Refusal.of(
                    409,
                    "backup-elsewhere",
                    "the database is PostgreSQL: back it up with its own means (docs/operating.md)",
                    Map.of());
        }
        response.setContentType("application/zip");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Content-Disposition", "attachment; filename=\"hub-backup.zip\"");
        backup.write(response.getOutputStream());
    }

    /** What the last restore led to for the caller's account. */
    @GetMapping(path = "/quarantine", produces = "application/json")
    Map<String, Object> quarantine(@AuthenticationPrincipal Caller caller) {
        Quarantine.Report report = quarantine
                .report(caller.account(), MOST)
                .orElseThrow(() -> new NoSuchElementException("nothing was ever restored here"));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("active", quarantine.current().isPresent());
        answer.put("taken_at", report.restored().takenAt());
        answer.put("restored_at", report.restored().at());
        answer.put("until", report.restored().until());
        answer.put("looked_up", report.lookedUp());
        answer.put("adopted", report.adopted());
        answer.put("left_to_a_person", report.leftToAPerson());
        answer.put("items", report.items());
        return answer;
    }

    @DeleteMapping("/quarantine")
    ResponseEntity<Void> end(@AuthenticationPrincipal Caller caller) {
        operator(caller);
        if (!quarantine.end()) {
            throw new NoSuchElementException("there is no quarantine");
        }
        return ResponseEntity.noContent().build();
    }

    private void operator(Caller caller) {
        if (caller.role() != Role.ADMIN || !caller.account().equals(operator)) {
            throw Refusal.of(403, "forbidden", "this takes an admin key of the operator's account", Map.of());
        }
    }
}
