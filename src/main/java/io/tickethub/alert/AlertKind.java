package io.tickethub.alert;

import java.util.Arrays;

/** What alerts are about; the subject says of what. */
public enum AlertKind {
  /** A system takes nothing: its breaker is open. The subject is the connector. */
  SYSTEM_DOWN("system-down"),
  /** A system refuses the hub's credentials: its connector is paused. */
  CREDENTIALS_REFUSED("credentials-refused"),
  /** PostgreSQL does not answer, or takes nothing. The subject is this node. */
  DATABASE_DOWN("database-down"),
  /** What comes in cannot be kept and is refused. The subject is this node. */
  INTAKE_REFUSES("intake-refuses"),
  /** The disk of the hub's data has little space left. The subject is this node. */
  DISK_FULL("disk-full"),
  /** A channel that declares its rhythm is silent. The subject is connector/channel. */
  CHANNEL_SILENT("channel-silent"),
  /** A listener of the TMF621 interface takes nothing and is given up. The subject is its id. */
  LISTENER_DEAD("listener-dead"),
  /** A time limit falls in a year whose holidays are not known. The subject is the year. */
  HOLIDAYS_UNKNOWN("holidays-unknown"),
  /** A system does not take the file of an export. The subject is connector/export. */
  EXPORT_FAILS("export-fails");

  private final String text;

  AlertKind(String text) {
    this.text = text;
  }

  /** As it is written in the database, in logs and in the interface. */
  public String text() {
    return text;
  }

  public static boolean isOne(String text) {
    return Arrays.stream(values()).anyMatch(kind -> kind.text.equals(text));
  }

  /** Throws {@link IllegalArgumentException} if there is none like that. */
  public static AlertKind of(String text) {
    for (AlertKind kind : values()) {
      if (kind.text.equals(text)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "there is no kind of alert '%s'; there are %s"
            .formatted(text, Arrays.stream(values()).map(AlertKind::text).toList()));
  }
}
