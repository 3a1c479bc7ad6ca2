package io.tickethub.tmf;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a list from which a client goes on, however long the list is and whatever is added to
 * it meanwhile. Clients know it only as text.
 *
 * @param sort what the list is sorted by
 * @param key of the ticket there: its id, or microseconds since 1970
 * @param id of the ticket there
 */
record PageCursor(String sort, long key, long id) {

  private static final int LONGEST = 200;
  private static final Pattern FORM =
      Pattern.compile("(-?[A-Za-z]{1,40}):(-?\\d{1,18}):(\\d{1,18})");

  String text() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString("%s:%d:%d".formatted(sort, key, id).getBytes(StandardCharsets.UTF_8));
  }

  static PageCursor of(String text) {
    Matcher parts = FORM.matcher(text.length() > LONGEST ? "" : decoded(text));
    if (!parts.matches()) {
      throw TmfException.badRequest("this is no cursor: take one from the header Link of a page");
    }
    return new PageCursor(
        parts.group(1), Long.parseLong(parts.group(2)), Long.parseLong(parts.group(3)));
  }

  private static String decoded(String text) {
    try {
      return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
