package io.tickethub.api;

import io.tickethub.connector.Connectors;
import io.tickethub.connector.folder.InboundChannel;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.JournalEntry;
import io.tickethub.journal.MessageJournal;
import io.tickethub.mapping.MappingException;
import io.tickethub.privacy.Masking;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.Customer;
import io.tickethub.ticket.IdentityCardNumber;
import io.tickethub.ticket.TicketContent;
import java.nio.charset.Charset;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Hands out stored messages for a connector's examples. */
@RestController
@RequestMapping("/api/messages/{id}/capture")
class MessageCaptureController {

  /** yyyyMMddHHmmss is a moment, not the number of a card. */
  private static final Pattern MOMENT = Pattern.compile("(?<!\\d)(?:19|20)\\d{12}(?!\\d)");

  private static final char FIRST_PLACEHOLDER = '\uE000';
  private static final int MOST_PLACEHOLDERS = 0x1800;
  private static final Pattern NUMBER = Pattern.compile("\\d{7,}[Xx]?");
  private static final int CARD_LENGTH = 18;
  private static final Pattern MASKED_CARD =
      Pattern.compile("(?<!\\d)\\d{4}0{12}\\d[\\dXx](?!\\d)");
  private static final Pattern MASKED_DIGITS =
      Pattern.compile("(?<=\\d)\\*+(?=[\\dXx])|\\*+(?=\\d)");

  private final MessageJournal journal;
  private final Connectors connectors;
  private final Audit audit;

  MessageCaptureController(MessageJournal journal, Connectors connectors, Audit audit) {
    this.journal = journal;
    this.connectors = connectors;
    this.audit = audit;
  }

  /**
   * A message as an example.
   *
   * @param body its bytes; masked ones are in the same charset
   */
  record Captured(
      String connector,
      String channel,
      String externalId,
      boolean masked,
      Map<String, String> headers,
      byte[] body) {}

  @GetMapping
  Captured capture(
      @PathVariable String id,
      @RequestParam(defaultValue = "false") boolean unmask,
      Principal who) {
    JournalEntry entry =
        journal
            .find(Identifiers.parse(id))
            .orElseThrow(() -> new NotFoundException("there is no message '%s'".formatted(id)));
    if (unmask) {
      Right.REVEAL.require(who, entry.connector());
    }
    byte[] body = journal.body(entry);
    List<String> known = unmask ? List.of() : known(entry, body);
    audit.record(
        who.getName(),
        unmask ? "reveal" : "capture",
        "message " + id,
        unmask ? "captured as an example, unmasked" : "captured as an example, masked");
    Map<String, String> headers = new TreeMap<>(entry.provenance().headers());
    if (!unmask) {
      headers.replaceAll((name, value) -> masked(value, known));
    }
    return new Captured(
        entry.connector(),
        entry.channel(),
        entry.externalId(),
        !unmask,
        headers,
        unmask ? body : masked(body, charset(entry), known));
  }

  private Charset charset(JournalEntry entry) {
    InboundChannel channel =
        connectors
            .definition(entry.connector())
            .map(definition -> definition.inbound().get(entry.channel()))
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "connector %s does not run, or has no channel %s any more: its charset is not known"
                            .formatted(entry.connector(), entry.channel())));
    return Charset.forName(channel.form().charset());
  }

  /** What the message says of its customer, to be found again in its text. */
  private List<String> known(JournalEntry entry, byte[] body) {
    List<Change> changes;
    try {
      changes = connectors.translate(entry, body);
    } catch (MappingException e) {
      // Nothing is known of it: what looks personal is masked all the same.
      changes = List.of();
    }
    return known(changes);
  }

  private static List<String> known(Collection<Change> changes) {
    List<String> known = new ArrayList<>();
    for (Change change : changes) {
      Customer customer = content(change).customerOrUnknown();
      Stream.of(
              customer.name(),
              customer.phone(),
              customer.identityCard(),
              customer.address(),
              customer.account())
          .filter(Objects::nonNull)
          .forEach(known::add);
    }
    return known;
  }

  private static TicketContent content(Change change) {
    TicketContent content = null;
    if (change instanceof Change.Open open) {
      content = open.content();
    } else if (change instanceof Change.Update update) {
      content = update.content();
    } else if (change instanceof Change.StateChange to) {
      content = to.content();
    }
    return content == null ? TicketContent.EMPTY : content;
  }

  /** A message as an example has it, by what it says of its customer. */
  static byte[] masked(byte[] body, Charset charset, Collection<Change> changes) {
    return masked(body, charset, known(changes));
  }

  private static byte[] masked(byte[] body, Charset charset, List<String> known) {
    return masked(new String(body, charset), known).getBytes(charset);
  }

  /** Numbers stay numbers of the same length, so that the message can still be understood. */
  static String masked(String text, List<String> known) {
    List<String> moments =
        MOMENT.matcher(text).results().map(MatchResult::group).limit(MOST_PLACEHOLDERS).toList();
    String hidden = text;
    for (int i = 0; i < moments.size(); i++) {
      hidden = hidden.replaceFirst(moments.get(i), placeholder(i));
    }
    for (String number : known.stream().filter(MessageCaptureController::isNumber).toList()) {
      hidden = hidden.replace(number, maskedNumber(number));
    }
    String masked = Masking.text(hidden, known.stream().filter(value -> !isNumber(value)).toList());
    masked = MASKED_DIGITS.matcher(masked).replaceAll(stars -> "0".repeat(stars.group().length()));
    masked = MASKED_CARD.matcher(masked).replaceAll(card -> sound(card.group()));
    for (int i = 0; i < moments.size(); i++) {
      masked = masked.replace(placeholder(i), moments.get(i));
    }
    return masked;
  }

  /** An identity number that a mapping would take. */
  private static String sound(String card) {
    String digits = card.substring(0, card.length() - 1);
    return digits + IdentityCardNumber.checkCharacter(digits);
  }

  private static boolean isNumber(String value) {
    return NUMBER.matcher(value).matches();
  }

  /** Its first three and last four digits stay, as in any masked number. */
  private static String maskedNumber(String number) {
    if (number.length() == CARD_LENGTH) {
      return number.substring(0, 4) + "0".repeat(12) + number.substring(16);
    }
    int end = number.length() - 4;
    return number.substring(0, 3) + "0".repeat(end - 3) + number.substring(end);
  }

  private static String placeholder(int number) {
    return String.valueOf((char) (FIRST_PLACEHOLDER + number));
  }
}
