package io.tickethub.connector.folder;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.tickethub.connector.folder.ConnectorManifest.Syntax;
import java.util.regex.Pattern;

/** What a manifest calls a format: one of the hub's own, or one of a jar in {@code lib}. */
public record SyntaxName(String text) {

  /** What a name looks like. */
  public static final String PATTERN = "^[a-z][a-z0-9-]{0,62}$";

  private static final Pattern NAME = Pattern.compile(PATTERN);

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public SyntaxName {
    text = Syntax.named(text).map(Syntax::text).orElse(text);
    if (!isName(text)) {
      throw new IllegalArgumentException(
          "'%s' is no format; a name is lower-case letters, digits and hyphens".formatted(text));
    }
  }

  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  public Syntax syntax() {
    return Syntax.named(text).orElse(Syntax.LIBRARY);
  }

  @Override
  public String toString() {
    return text;
  }
}
