package io.tickethub.kit.scaffold;

import io.tickethub.connector.ConnectorCheck;
import io.tickethub.connector.example.ConnectorExamples.Meaning;
import io.tickethub.definition.DefinitionException;
import io.tickethub.kit.quality.QualityFile;
import io.tickethub.kit.scaffold.ManifestText.Drawing;
import io.tickethub.kit.scaffold.ScaffoldReport.Finding;
import io.tickethub.kit.scaffold.sample.CodeValues;
import io.tickethub.kit.scaffold.sample.FieldNames;
import io.tickethub.kit.scaffold.sample.FieldProfile;
import io.tickethub.kit.scaffold.sample.Placements;
import io.tickethub.kit.scaffold.sample.SampleFile;
import io.tickethub.kit.scaffold.sample.SampleReader;
import io.tickethub.kit.scaffold.sample.Samples;
import io.tickethub.kit.scaffold.sample.ValueType;
import io.tickethub.ticket.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes a connector's folder from samples of what its system sends. */
public final class SampleScaffold {

  private static final Pattern MAIL = Pattern.compile("[^@\\s]+@[^@\\s]+[.][A-Za-z]+");
  private static final String OUT = "ticket";
  private static final String CUT_OFF = "cut-off";

  private final FieldNames names = FieldNames.shipped();
  private final CodeValues codes = CodeValues.shipped();

  /**
   * Writes the folder and checks it.
   *
   * @param transport how the system talks; null for the usual way of its format
   * @param channel the name of the inbound channel; null for one after what it does
   */
  public ScaffoldReport create(
      NewConnector connector, List<Path> files, String transport, String channel) {
    Proposal proposal = proposal(files.stream().map(SampleReader::file).toList(), true);
    String way =
        transport == null ? Transport.usual(proposal.samples().shape().value()) : transport;
    return create(
        connector,
        proposal,
        drawing(connector, proposal, way, channel == null ? usualName(proposal) : channel));
  }

  /** A skeleton: what its sample means is known. */
  ScaffoldReport create(NewConnector connector, SampleFile sample, String transport) {
    Proposal proposal = proposal(List.of(sample), false);
    return create(
        connector, proposal, drawing(connector, proposal, transport, usualName(proposal)));
  }

  private Proposal proposal(List<SampleFile> files, boolean guessed) {
    Samples samples = new SampleReader(names).read(files);
    return Proposal.of(samples, Placements.of(samples.fields(), names, codes), guessed);
  }

  private ScaffoldReport create(NewConnector connector, Proposal proposal, Drawing drawing) {
    try (NewFolder folder = NewFolder.of(connector)) {
      write(folder, connector, proposal, drawing);
      List<Meaning> meanings = examples(folder, connector, proposal, drawing);
      ScaffoldReport report = report(connector, proposal, drawing, meanings);
      folder.write("README.md", new ReadmeText(connector, drawing, proposal, report).text());
      new QualityFile(folder.path()).write(Questions.of(report));
      ConnectorCheck.Report check = ConnectorCheck.check(folder.path());
      return checked(report, folder.take(), check);
    }
  }

  private static String usualName(Proposal proposal) {
    return switch (proposal.purpose().value()) {
      case OPENS -> "report";
      case PROGRESS -> "progress";
      case FEEDBACK -> "feedback";
    };
  }

  private Drawing drawing(NewConnector connector, Proposal proposal, String way, String channel) {
    if (channel.equals(OUT) || !channel.matches("[a-z][a-z0-9-]{0,62}")) {
      throw new DefinitionException(
          "'%s' is no name for the channel: lower-case letters, digits and hyphens, and not '%s'"
              .formatted(channel, OUT));
    }
    Samples samples = proposal.samples();
    Transport transport = Transport.of(way, samples.shape().value());
    String format = transport.format(samples.shape().value());
    ChannelSchemas schemas = new ChannelSchemas(connector, proposal, format);
    return new Drawing(
        channel,
        transport,
        format,
        new CodesText(proposal, codes).text().isPresent(),
        schemas.inbound().isPresent() ? schemas.file(channel) : null,
        schemas.file(OUT),
        transport.isOfFiles() ? outbound(samples, format).fileName() : Map.of(),
        placeholders(connector, samples, channel, format));
  }

  private static Map<String, String> placeholders(
      NewConnector connector, Samples samples, String channel, String format) {
    boolean chinese = samples.charset().value().name().startsWith("GB");
    return Map.of(
        "NAME",
        connector.name(),
        "CHANNEL",
        channel,
        "FORMAT",
        format,
        "EXTENSION",
        extension(samples.files().get(0), samples, format),
        "ENDING",
        outbound(samples, format).extension(),
        "CHARSET",
        chinese ? "GBK" : "UTF-8");
  }

  private static OutboundText outbound(Samples samples, String format) {
    return new OutboundText(format, samples.table().orElse(null));
  }

  private void write(NewFolder folder, NewConnector connector, Proposal proposal, Drawing drawing) {
    Samples samples = proposal.samples();
    folder.write("connector.yaml", new ManifestText(connector, proposal, drawing).text());
    folder.write(
        "mapping/%s.jsonata".formatted(drawing.channel()),
        new MappingText(proposal, codes, connector.titleChinese()).text());
    new CodesText(proposal, codes)
        .text()
        .ifPresent(text -> folder.write("mapping/codes.yaml", text));
    OutboundText outbound = outbound(samples, drawing.format());
    folder.write("mapping/ticket.jsonata", outbound.mapping());
    ChannelSchemas schemas = new ChannelSchemas(connector, proposal, drawing.format());
    schemas.inbound().ifPresent(text -> folder.write(drawing.schema(), text));
    folder.write(drawing.outSchema(), schemas.outbound(outbound, folder.path()));
  }

  private List<Meaning> examples(
      NewFolder folder, NewConnector connector, Proposal proposal, Drawing drawing) {
    Samples samples = proposal.samples();
    String received = "received." + extension(samples.files().get(0), samples, drawing.format());
    NewExamples examples = new NewExamples(folder);
    List<Meaning> meanings = new ArrayList<>();
    Map<String, byte[]> cases = ExampleNames.of(samples, drawing.hasRecords());
    cases.forEach(
        (name, body) -> meanings.add(examples.received(drawing.channel(), name, received, body)));
    if (!drawing.hasRecords() && !samples.list()) {
      byte[] first = cases.values().iterator().next();
      byte[] half = Arrays.copyOf(first, first.length / 2);
      examples.received(drawing.channel(), CUT_OFF, received, half);
    }
    new ToldExamples()
        .of(connector)
        .forEach(
            (code, told) ->
                examples.told(OUT, code, outbound(samples, drawing.format()).extension(), told));
    return meanings;
  }

  private static String extension(SampleFile file, Samples samples, String format) {
    int dot = file.name().lastIndexOf('.');
    String extension = dot < 0 ? "" : file.name().substring(dot + 1);
    return extension.matches("[A-Za-z0-9]{1,8}")
        ? extension
        : outbound(samples, format).extension();
  }

  private ScaffoldReport report(
      NewConnector connector, Proposal proposal, Drawing drawing, List<Meaning> meanings) {
    Map<String, String> unplaced = new LinkedHashMap<>();
    proposal.leftOut().forEach((field, reason) -> unplaced.put(field.path().label(), reason));
    List<Finding> placed =
        proposal.placements().placed().values().stream()
            .filter(p -> !unplaced.containsKey(p.field().path().label()))
            .map(
                p -> new Finding(p.field().path().label(), p.meaning(), p.confidence(), p.reason()))
            .sorted(java.util.Comparator.comparingDouble(Finding::confidence).reversed())
            .toList();
    int accepted = meanings.stream().mapToInt(meaning -> meaning.changes().size()).sum();
    List<Problem> refused =
        meanings.stream().flatMap(meaning -> meaning.problems().stream()).toList();
    List<String> warnings = new ArrayList<>(proposal.samples().warnings());
    if (!refused.isEmpty()) {
      warnings.add(
          "%d records of the samples are refused, the first: %s"
              .formatted(refused.size(), refused.get(0).sentence()));
    }
    return new ScaffoldReport(
        connector.name(),
        connector.directory().resolve(connector.name()),
        Findings.of(proposal),
        placed,
        unplaced,
        new CodesText(proposal, codes).notUnderstood(),
        proposal.samples().fields().stream()
            .filter(field -> isPersonal(field, proposal))
            .map(field -> field.path().label())
            .toList(),
        warnings,
        accepted,
        refused.size(),
        null);
  }

  private static boolean isPersonal(FieldProfile field, Proposal proposal) {
    boolean name = field.type() == ValueType.NAME;
    return field.type().isPersonal() && !name
        || name && proposal.leftOut().containsKey(field)
        || field.values().keySet().stream().anyMatch(value -> MAIL.matcher(value).matches())
        || List.of("customer.name", "customer.phone", "customer.identityCard", "customer.address")
            .stream()
            .anyMatch(
                meaning ->
                    proposal
                        .placements()
                        .of(meaning)
                        .map(placement -> placement.field().equals(field))
                        .orElse(false));
  }

  private static ScaffoldReport checked(
      ScaffoldReport report, Path folder, ConnectorCheck.Report check) {
    return new ScaffoldReport(
        report.connector(),
        folder,
        report.guesses(),
        report.placed(),
        report.unplaced(),
        report.unknownCodes(),
        report.personal(),
        report.warnings(),
        report.accepted(),
        report.refused(),
        check);
  }
}
