package io.tickethub.torture;

import io.tickethub.connector.ConnectorCheck;
import io.tickethub.connector.channel.Admission;
import io.tickethub.connector.channel.AdmissionParts;
import io.tickethub.connector.channel.ChannelSightings;
import io.tickethub.connector.channel.ReceivedMessage;
import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.connector.folder.InboundChannel;
import io.tickethub.mapping.MappingException;
import io.tickethub.mapping.RecordFormat;
import io.tickethub.mapping.RecordSplitter.RawRecord;
import io.tickethub.product.ProductCatalog;
import io.tickethub.ticket.ProblemCode;
import io.tickethub.trace.Tracing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Every inbound channel of every shipped connector is fed what its examples become by mistake. */
final class MalformedScenario implements Scenario {

  private static final Duration LONGEST = Duration.ofSeconds(1);

  @Override
  public String name() {
    return "malformed";
  }

  @Override
  public String promise() {
    return "N malformed inputs for each inbound channel of each shipped connector (XML, SOAP, JSON, delimited GBK, GB18030 CSV):"
        + " each is understood or refused with a reason, none crashes, none takes a second";
  }

  @Override
  public int cycles() {
    return 100_000;
  }

  @Override
  public void play(Stage stage) throws Exception {
    stage.verdict().looksFor("crashed");
    stage.verdict().looksFor("hung");
    Path connectors = stage.home().resolve("connectors");
    ProductCatalog products = ProductCatalog.read(connectors.resolve("products"));
    AdmissionParts parts =
        new AdmissionParts(
            null,
            products,
            null,
            null,
            new ChannelSightings(),
            null,
            Clock.systemUTC(),
            Tracing.OFF);
    try (Stream<Path> folders = Files.list(connectors)) {
      for (Path folder :
          folders.filter(any -> Files.exists(any.resolve("connector.yaml"))).sorted().toList()) {
        ConnectorDefinition definition = ConnectorCheck.compile(folder);
        for (InboundChannel channel : definition.inbound().values()) {
          feed(stage, folder, new Admission(definition.name(), channel, parts));
        }
      }
    }
  }

  private static void feed(Stage stage, Path folder, Admission admission) throws IOException {
    String name = folder.getFileName() + "/" + admission.channel().name();
    List<byte[]> seeds = seeds(folder.resolve("examples").resolve(admission.channel().name()));
    if (seeds.isEmpty()) {
      throw new IllegalStateException("there are no examples of " + name);
    }
    Random random = new Random(stage.seed() * 31 + name.hashCode());
    Mutation mutation = new Mutation(random);
    long understood = 0;
    long begin = System.nanoTime();
    for (int input = 0; input < stage.cycles(); input++) {
      byte[] bytes =
          mutation.of(
              seeds.get(random.nextInt(seeds.size())), seeds.get(random.nextInt(seeds.size())));
      understood += fed(stage, admission, name, input, bytes) ? 1 : 0;
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    stage.say("%s: %d inputs in %.1f s, %d understood", name, stage.cycles(), seconds, understood);
    stage.verdict().count("inputs", stage.cycles());
    stage.verdict().count("understood all the same", understood);
  }

  private static List<byte[]> seeds(Path examples) throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    if (Files.isDirectory(examples)) {
      try (Stream<Path> files = Files.walk(examples, 2)) {
        for (Path file :
            files
                .filter(any -> any.getFileName().toString().startsWith("received."))
                .sorted()
                .toList()) {
          seeds.add(Files.readAllBytes(file));
        }
      }
    }
    return seeds;
  }

  private static boolean fed(
      Stage stage, Admission admission, String name, int number, byte[] bytes) throws IOException {
    long begin = System.nanoTime();
    String crash = null;
    boolean understood = false;
    try {
      understood = isUnderstood(admission, bytes);
    } catch (MappingException e) {
      crash = e.problem().code() == ProblemCode.INTERNAL ? e.problem().sentence() : null;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      crash = e.toString();
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    if (crash != null) {
      stage
          .verdict()
          .violation("crashed", "%s: %s: %s", name, keep(stage, name, number, bytes), crash);
    }
    if (took.compareTo(LONGEST) > 0 && again(admission, bytes).compareTo(LONGEST) > 0) {
      stage.verdict().violation("hung", "%s: %s: %s", name, keep(stage, name, number, bytes), took);
    }
    stage.verdict().most("longest, ms", took.toNanos() / 1e6);
    return understood;
  }

  /** Throws what would be the reason of a reject, or what must not be. */
  private static boolean isUnderstood(Admission admission, byte[] bytes) {
    if (admission.channel().translation().format() instanceof RecordFormat format) {
      boolean understood = true;
      for (Iterator<RawRecord> records = format.records(bytes); records.hasNext(); ) {
        byte[] record = records.next().bytes();
        try {
          understand(admission, record);
        } catch (MappingException e) {
          if (e.problem().code() == ProblemCode.INTERNAL) {
            throw e;
          }
          understood = false;
        }
      }
      return understood;
    }
    understand(admission, bytes);
    return true;
  }

  private static void understand(Admission admission, byte[] bytes) {
    admission.understand(
        new ReceivedMessage(bytes, Map.of(), "fault_infor_20260105.txt"), Instant.EPOCH);
  }

  private static Duration again(Admission admission, byte[] bytes) {
    long begin = System.nanoTime();
    try {
      isUnderstood(admission, bytes);
    } catch (RuntimeException | StackOverflowError e) {
      return Duration.ofNanos(System.nanoTime() - begin);
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private static Path keep(Stage stage, String name, int number, byte[] bytes) throws IOException {
    Path file = stage.directory().resolve("%s-%d.bin".formatted(name.replace('/', '-'), number));
    return Files.write(file, bytes);
  }
}
