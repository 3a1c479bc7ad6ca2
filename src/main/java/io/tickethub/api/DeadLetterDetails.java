package io.tickethub.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickethub.connector.Connectors;
import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.connector.folder.OutboundChannel;
import io.tickethub.definition.DefinitionException;
import io.tickethub.delivery.DeadLetters.Letter;
import io.tickethub.delivery.DeliveryLog;
import io.tickethub.journal.JournalEntry;
import io.tickethub.journal.MessageBodies;
import io.tickethub.journal.MessageJournal;
import io.tickethub.journal.TicketStore;
import io.tickethub.kit.trial.ConnectorTrial;
import io.tickethub.kit.trial.Disclosure;
import io.tickethub.kit.trial.Received;
import io.tickethub.kit.trial.Trial;
import io.tickethub.kit.trial.TrialTree;
import io.tickethub.product.MaskedTicket;
import io.tickethub.product.ProductCatalog;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketJson;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/**
 * All that is known of a dead letter's way: its message step by step, as its connector understands
 * it today, what the ticket became, and each attempt with what was sent and what came back.
 * Personal data is masked unless it is to be revealed.
 */
@Component
public final class DeadLetterDetails {

  private static final int MOST_CHARACTERS = 4_000;

  private final MessageJournal journal;
  private final MessageBodies bodies;
  private final DeliveryLog deliveries;
  private final TicketStore tickets;
  private final Connectors connectors;
  private final ProductCatalog products;
  private final MaskedTicket masked;
  private final JsonMapper json = TicketJson.mapper();

  DeadLetterDetails(
      MessageJournal journal,
      MessageBodies bodies,
      DeliveryLog deliveries,
      TicketStore tickets,
      Connectors connectors,
      ProductCatalog products,
      MaskedTicket masked) {
    this.journal = journal;
    this.bodies = bodies;
    this.deliveries = deliveries;
    this.tickets = tickets;
    this.connectors = connectors;
    this.products = products;
    this.masked = masked;
  }

  /** One attempt to deliver. */
  public record Attempt(
      int attempt,
      String channel,
      Instant startedAt,
      Instant finishedAt,
      String outcome,
      String failureCode,
      String failureText,
      String sent,
      String answer) {}

  /**
   * Its message.
   *
   * @param body as it came, only if it is to be revealed
   * @param bodyExpired says that its body is no longer kept; null if it is
   * @param steps decoded, parsed, messageId, changes, stopped: as far as it comes today; null if
   *     its connector cannot be asked
   * @param became what it did to its ticket
   */
  public record Way(
      int size, byte[] body, String bodyExpired, JsonNode steps, List<TicketView.Event> became) {}

  /** Of a message; null if it is no longer kept. */
  public Way way(long messageId, boolean reveal) {
    return way(messageId, source -> reveal);
  }

  /** The same; {@code reveals} says whether for the connector that the message came by. */
  public Way way(long messageId, Predicate<String> reveals) {
    return journal
        .find(messageId)
        .map(entry -> way(entry, reveals.test(entry.connector())))
        .orElse(null);
  }

  private Way way(JournalEntry entry, boolean reveal) {
    byte[] body = bodies.bodies(List.of(entry)).get(entry.id());
    List<TicketEvent> events = tickets.eventsOfMessages(List.of(entry.id()));
    Map<Long, Ticket> about =
        tickets.load(events.stream().map(TicketEvent::ticketId).distinct().toList());
    return new Way(
        entry.size(),
        reveal ? body : null,
        body == null ? bodies.expired(entry) : null,
        body == null ? null : steps(entry, body, reveal).orElse(null),
        events.stream()
            .filter(event -> about.containsKey(event.ticketId()))
            .map(event -> TicketView.Event.of(event, about.get(event.ticketId()), masked))
            .toList());
  }

  private Optional<JsonNode> steps(JournalEntry entry, byte[] body, boolean reveal) {
    Optional<ConnectorDefinition> definition = connectors.definition(entry.connector());
    if (definition.isEmpty()) {
      return Optional.empty();
    }
    try {
      Trial trial =
          new ConnectorTrial(definition.get(), entry.channel(), products)
              .runKept(
                  new Received(
                      entry.provenance().fileName(),
                      body,
                      entry.provenance().headers(),
                      entry.receivedAt()));
      ObjectNode steps =
          new TrialTree(trial, products, reveal).record(trial.records().get(0), List.of());
      steps.remove(List.of("number", "line", "size", "effects"));
      if (!reveal && !steps.has("parsed") && steps.has("decoded")) {
        ((ObjectNode) steps.get("decoded"))
            .put("text", "(not shown: it could not be parsed; --reveal shows it)");
      }
      return Optional.of(steps);
    } catch (DefinitionException e) {
      return Optional.empty();
    }
  }

  /** Empty for a message. */
  public List<Attempt> attempts(Letter letter, boolean reveal) {
    return letter.deliveryId() == null
        ? List.of()
        : attempts(letter.connector(), letter.ticketId(), letter.deliveryId(), reveal);
  }

  /** Of a delivery; {@code ticketId} may be null. */
  public List<Attempt> attempts(String connector, Long ticketId, long deliveryId, boolean reveal) {
    Disclosure disclosure = new Disclosure(products, reveal);
    learn(ticketId, disclosure);
    return deliveries.attempts(deliveryId).stream()
        .map(attempt -> attempt(attempt, charset(connector, attempt), disclosure))
        .toList();
  }

  /** What was ever said of the ticket may have been sent. */
  private void learn(Long ticketId, Disclosure disclosure) {
    if (ticketId != null) {
      Ticket ticket = tickets.load(List.of(ticketId)).get(ticketId);
      if (ticket != null) {
        disclosure.learn(json.valueToTree(ticket.content()));
      }
      tickets.events(ticketId).forEach(event -> disclosure.learn(json.valueToTree(event.detail())));
    }
  }

  private Charset charset(String connector, DeliveryLog.Attempt attempt) {
    String name =
        connectors
            .definition(connector)
            .map(definition -> definition.outbound().get(attempt.channel()))
            .map(OutboundChannel::form)
            .map(form -> form.charset())
            .orElse("UTF-8");
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return StandardCharsets.UTF_8;
    }
  }

  private Attempt attempt(DeliveryLog.Attempt attempt, Charset charset, Disclosure disclosure) {
    return new Attempt(
        attempt.attempt(),
        attempt.channel(),
        attempt.startedAt(),
        attempt.finishedAt(),
        attempt.outcome(),
        attempt.failureCode(),
        attempt.failureText(),
        text(attempt.sent(), charset, disclosure),
        text(attempt.answer(), charset, disclosure));
  }

  /** Fields of JSON are masked by their names too. */
  private String text(byte[] bytes, Charset charset, Disclosure disclosure) {
    if (bytes == null) {
      return null;
    }
    String text = new String(bytes, charset);
    String shown;
    try {
      JsonNode tree = json.readTree(text);
      shown = tree.isContainerNode() ? disclosure.source(tree).toString() : disclosure.text(text);
    } catch (JsonProcessingException e) {
      shown = disclosure.text(text);
    }
    return shown.length() <= MOST_CHARACTERS ? shown : shown.substring(0, MOST_CHARACTERS) + "…";
  }
}
