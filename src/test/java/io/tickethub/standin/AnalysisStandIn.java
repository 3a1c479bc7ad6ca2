package io.tickethub.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.jms.BytesMessage;
import jakarta.jms.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Business analysis: hears every ticket event by the topic, and gets files of them by SFTP. */
public final class AnalysisStandIn implements StandIn {

  private static final Charset GB18030 = Charset.forName("GB18030");

  private final Ledger ledger = new Ledger();
  private final Mood mood = new Mood();
  private final JsonMapper json = new JsonMapper();
  private final Set<String> heard = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> newest = new HashMap<>();
  private final List<String> texts = new ArrayList<>();
  private final SftpServerStandIn server;
  private final BrokerClient broker;
  private final Staff staff;

  /** Ports and places of the system. */
  public record Address(int sftpPort, String user, String broker, String secret) {}

  public AnalysisStandIn(Address address, Duration pace, long seed) throws IOException {
    this.staff = new Staff(name(), pace, seed);
    this.server =
        new SftpServerStandIn(address.sftpPort(), address.user(), address.secret(), mood, staff);
    this.broker = new BrokerClient(address.broker(), name(), address.secret());
    broker.subscribe("hub.events", name(), this::hear);
  }

  private void hear(Message message) throws Exception {
    BytesMessage bytes = (BytesMessage) message;
    byte[] body = new byte[(int) bytes.getBodyLength()];
    bytes.readBytes(body);
    JsonNode event = json.readTree(body);
    String id = event.get("id").asText();
    if (!ledger.isNew(id)) {
      return;
    }
    heard.add(id);
    synchronized (this) {
      if (texts.size() < 1_000) {
        texts.add(new String(body, UTF_8));
      }
      JsonNode data = event.get("data");
      String ticket = data.get("ticket").asText();
      int sequence = data.get("sequence").asInt();
      if (newest.merge(ticket, sequence, Math::max) == sequence) {
        ledger.takesEffect(ticket, sequence, event.get("type").asText(), data.get("to").asText());
      }
    }
  }

  /** The first events it heard, as they came. */
  public synchronized List<String> texts() {
    return List.copyOf(texts);
  }

  /**
   * What its files say, against what it heard.
   *
   * @param files how many there are
   * @param events in them, each once
   * @param heard by the topic, each once
   * @param complaints events that are in two files, or only in one of both, gaps in the numbers,
   *     personal data
   */
  public record Exported(int files, int events, int heard, List<String> complaints) {}

  /** Reads all files again. */
  public Exported exported() throws IOException {
    Set<String> known = Set.copyOf(heard);
    Set<String> events = new HashSet<>();
    List<String> complaints = new ArrayList<>();
    int number = 0;
    for (Path file : files()) {
      number++;
      String name = file.getFileName().toString();
      if (!name.endsWith("_%06d.csv".formatted(number))) {
        complaints.add("%s is file number %d".formatted(name, number));
      }
      read(file, events, complaints);
    }
    known.stream()
        .filter(id -> !events.contains(id))
        .forEach(id -> complaints.add(id + ": in no file"));
    events.stream()
        .filter(id -> !heard.contains(id))
        .forEach(id -> complaints.add(id + ": in a file, not heard"));
    return new Exported(number, events.size(), known.size(), complaints);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(server.root().resolve("in"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("ticket_event_"))
          .sorted()
          .toList();
    }
  }

  private static void read(Path file, Set<String> events, List<String> complaints)
      throws IOException {
    String text = Files.readString(file, GB18030);
    if (text.contains("张") || text.contains("13800001234") || text.contains("07702812345")) {
      complaints.add(file.getFileName() + ": holds personal data");
    }
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(text, format)) {
      for (CSVRecord line : parser) {
        if (!events.add(line.get("事件编号"))) {
          complaints.add(line.get("事件编号") + ": exported twice");
        }
      }
    }
  }

  /** The line of a known_hosts file that names its server. */
  public String knownHost() {
    return server.knownHost();
  }

  @Override
  public String name() {
    return "business-analysis";
  }

  @Override
  public Ledger ledger() {
    return ledger;
  }

  @Override
  public Mood mood() {
    return mood;
  }

  @Override
  public void close() {
    staff.close();
    broker.close();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
