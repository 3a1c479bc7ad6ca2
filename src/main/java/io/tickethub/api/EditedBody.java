package io.tickethub.api;

import io.tickethub.journal.Identifiers;
import io.tickethub.mapping.MappingException;
import io.tickethub.replay.EditedReplay;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.HexFormat;

/** The bytes of a message that a person has mended. */
final class EditedBody {

  private static final int MOST_BYTES = 2 << 20;

  private EditedBody() {}

  static byte[] read(HttpServletRequest request) throws IOException {
    byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
    if (body.length == 0 || body.length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "the new bytes of the message are the body: 1 to %d".formatted(MOST_BYTES));
    }
    return body;
  }

  static IllegalStateException notUnderstood(MappingException e) {
    return new IllegalStateException(
        "the edited message cannot be understood, nothing was changed: " + e.getMessage(), e);
  }

  /** For the audit. */
  static String detail(EditedReplay.Edited edited) {
    return "message %s, SHA-256 %s, became %s, SHA-256 %s"
        .formatted(
            Identifiers.text(edited.edit().originalId()),
            HexFormat.of().formatHex(edited.edit().originalDigest()),
            edited.message(),
            HexFormat.of().formatHex(edited.edit().editedDigest()));
  }
}
