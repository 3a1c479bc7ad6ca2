package io.tickethub.kit.contract;

import io.tickethub.kit.contract.Variants.Variant;
import io.tickethub.kit.contract.server.FileServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** File names that a server may list and nobody may follow. */
final class FileNameCase {

  private static final Duration POLLS = Duration.ofMillis(700);
  private static final List<String> BEFORE = List.of("-rf ", "../", "/", "~");
  private static final List<String> WITHIN =
      List.of(
          "/../../",
          "..\\",
          "..",
          "${file:parent}",
          "{{password}}",
          "%2e%2e%2f",
          ";id",
          "`id`",
          "*",
          "\u0007",
          "\u202E",
          "a".repeat(240));

  private final InboundScene scene;

  FileNameCase(InboundScene scene) {
    this.scene = scene;
  }

  Case hostileNames() {
    return scene.named("hostile-names", this::leftAlone);
  }

  Case charsetOfNames() {
    return scene.named("charset-of-names", this::namesInCharset);
  }

  private void namesInCharset() {
    ReceivedExample example = scene.first();
    if (!(scene.sender() instanceof FileSender sender)) {
      throw new NotApplicableException("only files have names");
    }
    String name =
        Stream.of(sender.name(), "故障单-" + sender.name())
            .filter(sender::isWanted)
            .filter(wanted -> !wanted.matches("\\p{ASCII}*"))
            .findFirst()
            .orElseThrow(() -> new NotApplicableException("all names that it looks for are ASCII"));
    Variant variant = scene.variants(example).ofSameTicket();
    scene.journal().mark();
    FileSender.awaitFetched(sender.write(name, variant.sent().body()));
    Await.until(
        () -> "the file is in the journal; " + scene.journal().describe(),
        () -> !scene.journal().fresh().isEmpty());
    scene.tookEffect(variant);
    String kept = scene.journal().fresh().get(0).provenance().fileName();
    BrokenContractException.unless(
        name.equals(kept), "a file named '%s' is known as '%s'", name, kept);
  }

  private void leftAlone() throws IOException {
    ReceivedExample example = scene.first();
    if (!(scene.sender() instanceof FileSender sender)) {
      throw new NotApplicableException("only files have names");
    }
    List<Path> hostile = new ArrayList<>();
    List<Path> baits = new ArrayList<>();
    try {
      for (String name : names(sender)) {
        String real = name.replace('/', FileServer.SHOWN_AS_SLASH);
        hostile.add(sender.write(real, example.body()));
        bait(sender, name, example.body()).ifPresent(baits::add);
      }
      scene.repeated(example, sender::send);
      Await.comesTrue(POLLS, () -> !gone(hostile).isEmpty() || !gone(baits).isEmpty());
      BrokenContractException.unless(
          gone(baits).isEmpty(), "a name led out of the directory, to %s", gone(baits));
      BrokenContractException.unless(
          gone(hostile).isEmpty(), "files of hostile names were taken: %s", gone(hostile));
    } finally {
      for (Path file : hostile) {
        Files.deleteIfExists(file);
      }
      for (Path file : baits) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Names that the hub would look for, if they were not what they are. */
  private static List<String> names(FileSender sender) {
    List<String> names = new ArrayList<>();
    for (String poison : BEFORE) {
      names.add(poison + sender.name());
    }
    for (String poison : WITHIN) {
      String name = sender.name();
      int end = name.lastIndexOf('.') < 0 ? name.length() : name.lastIndexOf('.');
      names.add(name.substring(0, end) + poison + name.substring(end));
    }
    return names;
  }

  /** A file where the name would lead. */
  private static Optional<Path> bait(FileSender sender, String name, byte[] body)
      throws IOException {
    if (!name.contains("/")) {
      return Optional.empty();
    }
    Path root = sender.server().root();
    Path directory = name.startsWith("/") ? root : sender.directory();
    Path place = directory.resolve(name.replaceFirst("^/+", "")).normalize();
    if (!place.startsWith(root) || !Files.isDirectory(place.getParent()) || Files.exists(place)) {
      return Optional.empty();
    }
    return Optional.of(Files.write(place, body));
  }

  private static List<String> gone(List<Path> files) {
    return files.stream()
        .filter(Files::notExists)
        .map(
            file ->
                file.toString().replace(FileServer.SHOWN_AS_SLASH, '/').replaceAll("\\p{C}", "?"))
        .toList();
  }
}
