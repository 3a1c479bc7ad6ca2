package io.tickethub.kit.scaffold;

import io.tickethub.definition.DefinitionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What the engineer says of a connector that does not exist yet.
 *
 * @param directory where connectors are
 * @param titleEnglish the name if blank
 * @param titleChinese the English title if blank
 */
public record NewConnector(
    String name,
    Path directory,
    String titleEnglish,
    String titleChinese,
    String ownerTeam,
    String ownerContact) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

  public NewConnector {
    if (!NAME.matcher(name).matches()) {
      throw new DefinitionException(
          "'%s' is no name for a connector: use lower-case letters, digits and hyphens, a letter"
                  .formatted(name)
              + " first");
    }
    if (!Files.isDirectory(directory)) {
      throw new DefinitionException("%s: there is no such folder".formatted(directory));
    }
    if (Files.exists(directory.resolve(name))) {
      throw new DefinitionException(
          "%s is there already; choose another name, or remove it first"
              .formatted(directory.resolve(name)));
    }
    titleEnglish = isBlank(titleEnglish) ? name : titleEnglish;
    titleChinese = isBlank(titleChinese) ? titleEnglish : titleChinese;
    ownerTeam = isBlank(ownerTeam) ? "TODO: the team that looks after it" : ownerTeam;
    ownerContact = isBlank(ownerContact) ? "TODO: how to reach them" : ownerContact;
  }

  private static boolean isBlank(String text) {
    return text == null || text.isBlank();
  }
}
