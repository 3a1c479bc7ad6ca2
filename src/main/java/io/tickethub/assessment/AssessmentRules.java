package io.tickethub.assessment;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tickethub.definition.DefinitionException;
import io.tickethub.definition.YamlFiles;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * The content of {@code routes/assessment.yaml}.
 *
 * @param zone decides in which month a ticket was closed
 * @param holidays the folder of the yearly files {@code YYYY.json}, beside this file
 * @param publishAt when on the first working day a month is published; null for never by itself
 * @param responseWithin how long a partner may take from the dispatch to its first word; null if
 *     nothing is agreed
 * @param csv the charset of CSV files: utf-8 (with its mark) or gb18030
 */
public record AssessmentRules(
    @JsonProperty(required = true) ZoneId zone,
    String holidays,
    @JsonProperty("publish-at") LocalTime publishAt,
    @JsonProperty("response-within") Duration responseWithin,
    Csv csv) {

  /** Charsets that spreadsheets of the field read. */
  public enum Csv {
    @JsonProperty("utf-8")
    UTF_8(StandardCharsets.UTF_8, "\ufeff"),
    @JsonProperty("gb18030")
    GB18030(Charset.forName("GB18030"), "");

    private final Charset charset;
    private final String mark;

    Csv(Charset charset, String mark) {
      this.charset = charset;
      this.mark = mark;
    }

    byte[] encode(String text) {
      return (mark + text).getBytes(charset);
    }

    public String charset() {
      return charset.name();
    }
  }

  public AssessmentRules {
    csv = csv == null ? Csv.UTF_8 : csv;
    if (publishAt != null && holidays == null) {
      throw new IllegalArgumentException(
          "'publish-at' is on the first working day: say in 'holidays' which folder knows it");
    }
    if (responseWithin != null && (responseWithin.isNegative() || responseWithin.isZero())) {
      throw new IllegalArgumentException("'response-within' is a time above 0");
    }
  }

  /** Reads the rules; without the file nothing is published by itself. */
  public static AssessmentRules read(Path file) {
    return Files.exists(file)
        ? YamlFiles.read(file, AssessmentRules.class)
        : new AssessmentRules(ZoneId.of("Asia/Shanghai"), null, null, null, null);
  }

  /** The folder of holidays, which lies below the rules. */
  static Path holidays(Path file, AssessmentRules rules) {
    Path folder = file.toAbsolutePath().getParent();
    Path holidays = folder.resolve(rules.holidays()).normalize();
    if (!holidays.startsWith(folder)) {
      throw new DefinitionException(
          "%s: holidays: %s is not below %s".formatted(file, rules.holidays(), folder));
    }
    return holidays;
  }
}
