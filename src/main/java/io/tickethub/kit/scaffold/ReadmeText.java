package io.tickethub.kit.scaffold;

import io.tickethub.kit.scaffold.ScaffoldReport.Finding;
import java.util.List;
import java.util.Map;

/** Writes the README of a connector made from samples. */
final class ReadmeText {

  private final NewConnector connector;
  private final ManifestText.Drawing drawing;
  private final Proposal proposal;
  private final ScaffoldReport report;

  ReadmeText(
      NewConnector connector,
      ManifestText.Drawing drawing,
      Proposal proposal,
      ScaffoldReport report) {
    this.connector = connector;
    this.drawing = drawing;
    this.proposal = proposal;
    this.report = report;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        # %s (%s)

        %sSay here what the system is and who runs it.

        ## What flows

        | channel | way | protocol | format | what |
        |---|---|---|---|---|
        | `%s` | in | %s | %s | %s |
        | `ticket` | out | %s | the same | what the system is told of a ticket; a first shape |

        """
            .formatted(
                connector.titleEnglish(),
                connector.titleChinese(),
                proposal.guessed()
                    ? "Proposed from %d samples. ".formatted(proposal.samples().files().size())
                    : "",
                drawing.channel(),
                drawing.transport().title(),
                cell(format()),
                proposal.purpose().value().title(),
                drawing.transport().title()));
    settings(text);
    text.append("## On the other side\n\n");
    text.append(drawing.filled(drawing.transport().otherSide())).append("\n\n");
    text.append("## Repetition\n\n");
    text.append(drawing.filled(drawing.transport().repetition().strip())).append("\n\n");
    if (proposal.guessed()) {
      guesses(text);
      unplaced(text);
    }
    steps(text);
    return text.toString();
  }

  private String format() {
    String schema = drawing.schema() == null ? "" : ", `%s`".formatted(drawing.schema());
    return "%s, %s%s"
        .formatted(
            proposal.samples().shape().value().title(),
            proposal.samples().charset().value().name(),
            schema);
  }

  private void settings(StringBuilder text) {
    text.append("## Settings\n\n| name | type | meaning | default |\n|---|---|---|---|\n");
    drawing
        .transport()
        .settings()
        .forEach(
            (name, keys) ->
                text.append(
                    "| `%s` | %s | %s | %s |\n"
                        .formatted(
                            name,
                            keys.get("type"),
                            keys.get("description"),
                            drawing.filled(keys.getOrDefault("default", "")))));
    text.append('\n');
  }

  private void guesses(StringBuilder text) {
    text.append(
        """
        ## What was guessed

        The confidence is from 0 to 1. Check each line below 0.9 against the interface document, then take it out here and in `mapping/%s.jsonata`.

        | what | taken for | confidence | why |
        |---|---|---|---|
        """
            .formatted(drawing.channel()));
    report.guesses().forEach(finding -> row(text, finding));
    report.placed().forEach(finding -> row(text, finding));
    text.append('\n');
    if (!report.personal().isEmpty()) {
      text.append(
          "Personal data: %s. The samples in `examples` are copies of the files that were given: make them anonymous before you commit them.\n\n"
              .formatted(String.join(", ", report.personal())));
    }
  }

  private static void row(StringBuilder text, Finding finding) {
    text.append(
        "| %s | %s | %.2f | %s |\n"
            .formatted(
                cell(finding.subject()),
                cell(finding.value()),
                finding.confidence(),
                cell(finding.reason())));
  }

  private static String cell(String text) {
    return Texts.line(text).replace("|", "\\|");
  }

  private void unplaced(StringBuilder text) {
    text.append("## What has no place yet\n\n");
    if (report.unplaced().isEmpty() && report.unknownCodes().isEmpty()) {
      text.append("Nothing: every field of the samples is in the mapping.\n\n");
      return;
    }
    report
        .unplaced()
        .forEach(
            (field, reason) ->
                text.append("- %s: %s\n".formatted(Texts.line(field), Texts.line(reason))));
    for (Map.Entry<String, List<String>> codes : report.unknownCodes().entrySet()) {
      text.append(
          "- codes of %s that `mapping/codes.yaml` lacks: %s\n"
              .formatted(codes.getKey(), String.join(", ", codes.getValue())));
    }
    text.append('\n');
  }

  private void steps(StringBuilder text) {
    for (String warning : report.warnings()) {
      text.append("Note: ").append(Texts.line(warning)).append("\n\n");
    }
    text.append(
        """
        ## Next steps

        1. Read `mapping/%2$s.jsonata` from top to bottom, and what comes of each example below `examples`.
        2. %3$s
        3. Bring `mapping/ticket.jsonata` into the shape the system asks for; its schema follows, and then the examples.
        4. Give the settings in `hub.yaml`, and say in the hub's `routes` which tickets this system must know and what it may decide.
        5. `quality.yaml` lists what is missing for the next grade. For silver: what was asked under Repetition, and the tests.

        ```
        ./hub connector infer %1$s ticket
        ./hub connector test %1$s --update
        ./hub connector check %1$s
        ./hub connector test %1$s
        ./hub connector quality %1$s --update
        ```

        ## Switch it off

        `./hub pause %1$s` stops telling it anything; what it has to be told waits, and what it sends is still taken. `./hub resume %1$s` goes on.
        To leave it out altogether, write `hub.connectors.settings.%1$s: {enabled: false}` into `hub.yaml` and start the hub again.
        """
            .formatted(
                connector.name(),
                drawing.channel(),
                proposal.guessed()
                    ? "Make the samples anonymous, and write what they mean then into each change.json."
                    : "Bring it, its schema and its example into the shape the system sends."));
  }
}
