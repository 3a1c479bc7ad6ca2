package io.tickethub.kit.contract;

import io.tickethub.connector.camel.RouteSurvey.Place;
import io.tickethub.kit.contract.server.FileServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Puts files where the hub fetches them, under names that it looks for. */
final class FileSender implements Sender {

  private final FileServer server;
  private final Place place;

  FileSender(FileServer server, Place place) {
    this.server = server;
    this.place = place;
  }

  @Override
  public Told send(byte[] body, Map<String, String> properties) {
    Path directory = server.root().resolve(Stage.directory(place));
    Path file = directory.resolve(name());
    try {
      Files.write(file, body);
      String done = place.parameters().get("doneFileName");
      if (done != null) {
        Files.write(directory.resolve(doneName(done, file.getFileName().toString())), new byte[0]);
      }
    } catch (IOException e) {
      throw new BrokenContractException("%s cannot be written: %s".formatted(file, e));
    }
    Await.until(
        "the file %s is fetched and moved away".formatted(file.getFileName()),
        () -> Files.notExists(file));
    return Told.NOTHING;
  }

  @Override
  public boolean hasProperties() {
    return false;
  }

  private String name() {
    String exact = place.parameters().get("fileName");
    if (exact != null && !exact.contains("${")) {
      return exact;
    }
    String include = place.parameters().get("include");
    if (include == null) {
      return FittingName.unique() + ".txt";
    }
    Optional<String> name = FittingName.of(include);
    return name.orElseThrow(
        () -> new NotApplicableException("no file name was found that fits include: " + include));
  }

  private static String doneName(String pattern, String file) {
    return pattern
        .replace("${file:name.noext}", file.replaceFirst("[.][^.]*$", ""))
        .replace("${file:name}", file);
  }
}
