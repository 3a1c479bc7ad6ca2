package io.tickethub.kit.contract;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.connector.folder.Reconcile;
import io.tickethub.ticket.Statement;
import io.tickethub.ticket.TicketJson;
import io.tickethub.ticket.TicketList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * An example of a list of tickets, or of a part of one.
 *
 * @param list what is taken of it; empty if nothing is
 * @param refused all of it is refused, or records of it are
 */
record ListedExample(String name, byte[] body, Optional<TicketList> list, boolean refused) {

  private static final JsonMapper JSON = TicketJson.mapper();

  /** Those of a connector: whole lists first, the richest of them before all. */
  static List<ListedExample> of(Path folder) {
    List<ListedExample> found = new ArrayList<>();
    for (Path example : ExampleFolders.of(folder, Reconcile.LIST)) {
      ExampleFolders.file(example, "received")
          .ifPresent(received -> found.add(read(example, received)));
    }
    found.sort(Comparator.comparing((ListedExample example) -> -example.richness()));
    return found;
  }

  private static ListedExample read(Path example, Path received) {
    try {
      Path list = example.resolve("list.json");
      return new ListedExample(
          example.getFileName().toString(),
          ExampleFolders.bytes(received),
          Files.exists(list)
              ? Optional.of(JSON.readValue(list.toFile(), TicketList.class))
              : Optional.empty(),
          Files.exists(example.resolve("rejected.yaml")));
    } catch (IOException e) {
      throw new BrokenContractException("%s cannot be read: %s".formatted(example, e.getMessage()));
    }
  }

  private int richness() {
    return list.map(found -> found.statements().size()).orElse(-1);
  }

  /** Nothing is refused, and nothing follows or came before. */
  boolean isWhole() {
    return list.isPresent()
        && !refused
        && !hasNext()
        && list.get().isComplete()
        && (list.get().of() == null || list.get().of() == 1);
  }

  /** A page that says how the next one is asked for. */
  boolean hasNext() {
    return list.isPresent() && list.get().next() != null;
  }

  /** The tickets that it and others speak of, each once. */
  static int tickets(List<ListedExample> examples) {
    TreeSet<String> tickets = new TreeSet<>();
    for (ListedExample example : examples) {
      for (Statement statement : example.list().orElseThrow().statements()) {
        String hub = statement.ticket().hub();
        tickets.add(hub == null ? statement.ticket().orderingText() : "hub " + hub);
      }
    }
    return tickets.size();
  }
}
