package io.tickethub.journal;

import java.util.Arrays;
import java.util.Locale;

/** What became of a message. */
public enum MessageStatus {
  /** It took effect on a ticket, if only as a note. */
  APPLIED,
  /** It could not be understood; its sender was told where its protocol allows. */
  REJECTED,
  /** It is about a ticket the hub does not know yet. */
  WAITING,
  /** It gave up and waits for a person. */
  DEAD,
  /** Its id was used before, for other bytes; kept without effect. */
  CONFLICT;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static MessageStatus of(String text) {
    return Arrays.stream(values())
        .filter(status -> status.text().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is no message status; known are %s"
                        .formatted(
                            text, Arrays.stream(values()).map(MessageStatus::text).toList())));
  }
}
