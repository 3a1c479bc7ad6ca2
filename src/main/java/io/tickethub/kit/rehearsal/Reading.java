package io.tickethub.kit.rehearsal;

import io.tickethub.connector.channel.Admission;
import io.tickethub.connector.channel.Admission.Understood;
import io.tickethub.connector.channel.AdmissionParts;
import io.tickethub.connector.channel.ReceivedMessage;
import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.journal.JournalEntry;
import io.tickethub.mapping.MappingException;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import java.util.Map;
import java.util.TreeMap;

/** How one version of a connector reads messages. Thread-safe. */
final class Reading {

  private final ConnectorDefinition definition;
  private final Map<String, Admission> channels = new TreeMap<>();

  Reading(ConnectorDefinition definition, AdmissionParts parts) {
    this.definition = definition;
    definition
        .inbound()
        .forEach(
            (name, channel) ->
                channels.put(name, new Admission(definition.name(), channel, parts)));
  }

  ConnectorDefinition definition() {
    return definition;
  }

  boolean hasChannel(String name) {
    return channels.containsKey(name);
  }

  Outcome of(JournalEntry entry, byte[] body) {
    Admission admission = channels.get(entry.channel());
    if (admission == null) {
      return Outcome.refused(
          Problem.of(ProblemCode.MAPPING, "there is no channel '%s'".formatted(entry.channel())));
    }
    long largest = admission.channel().form().limits().size().toBytes();
    if (body.length > largest) {
      return Outcome.refused(
          Problem.of(ProblemCode.TOO_LARGE, "larger than %d bytes".formatted(largest)));
    }
    if (body.length == 0) {
      return Outcome.refused(Problem.of(ProblemCode.MALFORMED, "the message is empty"));
    }
    try {
      ReceivedMessage message =
          new ReceivedMessage(body, entry.provenance().headers(), entry.provenance().fileName());
      Understood understood = admission.understand(message, entry.receivedAt());
      return new Outcome(understood.externalId(), understood.changes(), null);
    } catch (MappingException e) {
      return Outcome.refused(withoutFolder(e.problem()));
    }
  }

  /** The two versions stand in different places: that alone is no difference. */
  Problem withoutFolder(Problem problem) {
    String folder = definition.folder().toString();
    return new Problem(
        problem.code(),
        problem.line(),
        problem.field(),
        problem.value(),
        problem.detail() == null ? null : problem.detail().replace(folder, definition.name()));
  }
}
