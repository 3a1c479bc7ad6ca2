package io.tickethub.kit.rehearsal;

import java.util.List;

/** The course of one rehearsal: messages, then the tickets they change, then what is sent. */
final class RehearsalRun {

  static final List<String> LIMITS =
      List.of(
          "compared are the running version and the changed one, both on the stored bytes; where the"
              + " running one decides otherwise than was decided at the receipt, it is counted only",
          "tickets are played again from their first stored message, with the messages of all"
              + " connectors as their running versions read them; left out are answers to"
              + " deliveries, updates of all tickets of a customer, and what the hub held back"
              + " or bridged for time",
          "of what is sent, the newest %d deliveries of the time are written again, with tickets as"
                  .formatted(SentStage.MOST)
              + " they are now; what a newly told code would add for tickets without differing"
              + " messages is not counted",
          "messages whose bodies have expired (retention) are skipped, their tickets left out",
          "files refused as a whole, and lib/, are not rehearsed");

  private final RehearsalParts parts;
  private final Versions versions;
  private final Rehearsal rehearsal;

  RehearsalRun(RehearsalParts parts, Versions versions, Rehearsal rehearsal) {
    this.parts = parts;
    this.versions = versions;
    this.rehearsal = rehearsal;
  }

  void run() {
    Progress progress = rehearsal.progress();
    Findings findings = rehearsal.findings();
    try (Workers workers = new Workers(Runtime.getRuntime().availableProcessors())) {
      new MessageStage(parts, versions, progress, findings).run(workers);
      new TicketStage(parts, versions, progress, findings).run(workers);
      new SentStage(parts, versions, progress, findings).run();
    }
  }
}
