package io.tickethub.journal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which messages were made of others by a person who mended them; both are kept as they are. */
public final class MessageEdits {

  private final JdbcTemplate jdbc;

  public MessageEdits(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * A message that was mended.
   *
   * @param edited the external id of the new message
   * @param originalId the message it was made of
   * @param deadLetterId what the original had become; null if it was rejected
   * @param originalDigest SHA-256 of the original's bytes
   * @param editedDigest SHA-256 of the new bytes
   */
  public record Edit(
      String edited,
      long originalId,
      Long deadLetterId,
      byte[] originalDigest,
      byte[] editedDigest,
      String editedBy,
      Instant editedAt,
      String reason) {}

  public void add(Edit edit) {
    jdbc.update(
        """
        insert into message_edit (edited, original_id, dead_letter_id, original_digest,
          edited_digest, edited_by, edited_at, reason) values (?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (edited) do nothing
        """,
        edit.edited(),
        edit.originalId(),
        edit.deadLetterId(),
        edit.originalDigest(),
        edit.editedDigest(),
        edit.editedBy(),
        edit.editedAt().atOffset(ZoneOffset.UTC),
        edit.reason());
  }

  /** The message that the one with this external id was made of. */
  public Optional<Long> originalOf(String externalId) {
    return jdbc
        .queryForList(
            "select original_id from message_edit where edited = ?", Long.class, externalId)
        .stream()
        .findFirst();
  }

  /** The message that was made of this one; empty while it is on its way. */
  public Optional<Long> madeOf(long messageId) {
    return jdbc
        .queryForList(
            """
            select m.id from message_edit e join message m on m.external_id = e.edited
            where e.original_id = ? order by m.id limit 1
            """,
            Long.class,
            messageId)
        .stream()
        .findFirst();
  }
}
