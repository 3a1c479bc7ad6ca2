package io.tickethub.assessment;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickethub.intake.IntakeQueue;
import io.tickethub.intake.OwnMessages;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.TicketContent;
import io.tickethub.ticket.TicketKey;
import io.tickethub.ticket.TicketKind;
import io.tickethub.ticket.TicketState;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Tells the support centre of a published version: by a ticket of kind inspection, so that it is
 * delivered as every ticket is. To send it twice has no second effect.
 */
final class Announcement {

  /** How a version is called as a ticket: {@code MONTH/VERSION}. */
  static final String SCHEME = "assessment";

  private final IntakeQueue queue;
  private final OwnMessages messages;

  Announcement(IntakeQueue queue, OwnMessages messages) {
    this.queue = queue;
    this.messages = messages;
  }

  void send(Assessment assessment, Instant now) {
    String reference = "%s/%d".formatted(assessment.month(), assessment.version());
    String html = HtmlReport.of(assessment);
    String text =
        "%s; HTML: /api/assessments/%s/html?version=%d, SHA-256 %s\n%s"
            .formatted(
                assessment.reason(),
                assessment.month(),
                assessment.version(),
                HexFormat.of().formatHex(sha256(html.getBytes(UTF_8))),
                CsvReport.of(assessment));
    String title = "服务质量评估通报 %s 第%d版".formatted(assessment.month(), assessment.version());
    byte[] body = (title + "\n" + text).getBytes(UTF_8);
    TicketContent content =
        new TicketContent(
            TicketKind.INSPECTION,
            "general",
            title,
            text,
            null,
            null,
            null,
            Map.of("productName", "服务质量评估通报", TicketContent.PURPOSE, "assessment"),
            null,
            null);
    queue.put(
        messages.of(
            SCHEME,
            "assessment/" + reference,
            body,
            List.of(
                new Change.Open(
                    new TicketKey(null, null, Map.of(SCHEME, reference), null),
                    assessment.madeAt(),
                    TicketState.DISPATCHED,
                    content,
                    null)),
            now));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
