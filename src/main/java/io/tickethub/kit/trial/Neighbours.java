package io.tickethub.kit.trial;

import io.tickethub.connector.channel.ContentTrees;
import io.tickethub.connector.channel.DeliveryInput;
import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.connector.folder.ConnectorFolder;
import io.tickethub.connector.folder.MadeUpSettings;
import io.tickethub.connector.folder.OutboundChannel;
import io.tickethub.definition.DefinitionException;
import io.tickethub.delivery.OutboundDelivery;
import io.tickethub.journal.Provenance;
import io.tickethub.mapping.MappingException;
import io.tickethub.mapping.OutboundTranslation.Sent;
import io.tickethub.routing.Told;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketEvent;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The connectors of one directory, as far as they are told something. */
final class Neighbours {

  private final Path directory;
  private final Map<String, ConnectorDefinition> definitions = new TreeMap<>();
  private final ContentTrees contents = new ContentTrees();

  Neighbours(Path directory) {
    this.directory = directory;
  }

  /** What a system would be sent. */
  Sending sending(Told told, TicketEvent event, Ticket ticket, Map<String, String> references) {
    if (!Files.isRegularFile(directory.resolve(told.system()).resolve("connector.yaml"))) {
      return notSent(told, null, "there is no such connector in " + directory);
    }
    OutboundChannel channel = null;
    try {
      channel = definition(told.system()).channelFor(told.code()).orElse(null);
      if (channel == null) {
        return notSent(told, null, "none of its channels tells '%s'".formatted(told.code()));
      }
      OutboundDelivery delivery =
          new OutboundDelivery(
              0,
              "%s-%d-%s".formatted(ticket.number(), event.sequence(), told.code()),
              1,
              told.system(),
              told.code(),
              event,
              ticket.asOf(event),
              references,
              Provenance.NONE,
              null);
      Sent sent =
          channel.translation().write(new DeliveryInput(told.system(), contents).of(delivery));
      String charset = channel.form().charset();
      return new Sending(
          told.system(),
          told.code(),
          told.sequence(),
          told.rule(),
          told.holdBack(),
          channel.name(),
          charset,
          new TreeMap<>(sent.headers()),
          new String(sent.body(), Charset.forName(charset)),
          null);
    } catch (MappingException e) {
      return notSent(
          told,
          channel == null ? null : channel.name(),
          "it cannot be written: " + e.problem().sentence());
    } catch (DefinitionException e) {
      return notSent(told, null, e.getMessage());
    }
  }

  private ConnectorDefinition definition(String name) {
    Path folder = directory.resolve(name);
    return definitions.computeIfAbsent(
        name,
        any -> ConnectorFolder.read(folder, MadeUpSettings.of(ConnectorFolder.manifest(folder))));
  }

  private static Sending notSent(Told told, String channel, String why) {
    return new Sending(
        told.system(),
        told.code(),
        told.sequence(),
        told.rule(),
        told.holdBack(),
        channel,
        null,
        Map.of(),
        null,
        why);
  }
}
