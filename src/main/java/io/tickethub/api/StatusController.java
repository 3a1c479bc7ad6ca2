package io.tickethub.api;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class StatusController {

  private final HubStatus status;

  StatusController(HubStatus status) {
    this.status = status;
  }

  @GetMapping({"/api/status", "/status"})
  HubStatus.Snapshot status() {
    return status.snapshot();
  }
}
