package io.tickethub.kit.contract;

import io.tickethub.connector.camel.RouteSurvey.Place;
import io.tickethub.kit.contract.server.FileServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
    awaitFetched(write(name(), body));
    return Told.NOTHING;
  }

  /** The files' names stand in the order of the messages. */
  @Override
  public void sendAll(List<Outgoing> messages) {
    List<String> names = messages.stream().map(message -> name()).toList();
    if (Set.copyOf(names).size() < names.size()) {
      Sender.super.sendAll(messages);
      return;
    }
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      files.add(write(names.get(i), messages.get(i).body()));
    }
    files.forEach(FileSender::awaitFetched);
  }

  /** Puts a file, and whatever says that it is complete, where the hub looks for it. */
  Path write(String name, byte[] body) {
    Path file = directory().resolve(name);
    try {
      Files.write(file, body);
      String done = place.parameters().get("doneFileName");
      if (done != null) {
        Files.write(directory().resolve(doneName(done, name)), new byte[0]);
      }
      return file;
    } catch (IOException e) {
      throw new BrokenContractException("%s cannot be written: %s".formatted(file, e));
    }
  }

  static void awaitFetched(Path file) {
    Await.until(
        "the file %s is fetched and moved away".formatted(file.getFileName()),
        () -> Files.notExists(file));
  }

  Path directory() {
    return server.root().resolve(Stage.directory(place));
  }

  FileServer server() {
    return server;
  }

  /** Whether the hub looks for files of this name. */
  boolean isWanted(String name) {
    String exact = place.parameters().get("fileName");
    String include = place.parameters().get("include");
    return exact != null ? exact.equals(name) : include == null || name.matches(include);
  }

  @Override
  public boolean hasProperties() {
    return false;
  }

  /** A name that the hub looks for, another one each time, later ones behind earlier. */
  String name() {
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
