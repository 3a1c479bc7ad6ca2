package io.tickethub.assessment;

import io.tickethub.assessment.Figures.IndicatorRow;
import io.tickethub.assessment.Figures.PartnerRow;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A published month as RFC 4180: a line for each figure. Times are seconds, shares between 0 and 1;
 * what cannot be told is empty and has its reason.
 */
final class CsvReport {

  private static final List<String> HEADER =
      List.of(
          "month",
          "version",
          "subject",
          "product-class",
          "figure",
          "名称",
          "aggregate",
          "value",
          "samples",
          "reason");

  private CsvReport() {}

  static String of(Assessment assessment) {
    StringBuilder text = new StringBuilder(line(HEADER));
    for (PartnerRow row : assessment.figures().partners()) {
      for (PartnerFigure figure : PartnerFigure.values()) {
        text.append(
            line(
                assessment,
                row.partner(),
                row.productClass(),
                figure.code(),
                figure.chinese(),
                figure.aggregate().text(),
                row.figure(figure)));
      }
    }
    for (IndicatorRow row : assessment.figures().indicators()) {
      text.append(
          line(
              assessment,
              "10000",
              row.group(),
              row.code(),
              row.chinese(),
              row.aggregate(),
              row.measured()));
    }
    return text.toString();
  }

  private static String line(
      Assessment assessment,
      String subject,
      String productClass,
      String figure,
      String chinese,
      String aggregate,
      Measured measured) {
    return line(
        List.of(
            assessment.month().toString(),
            Integer.toString(assessment.version()),
            subject,
            productClass,
            figure,
            chinese,
            aggregate,
            measured.value() == null ? "" : number(measured.value()),
            Integer.toString(measured.samples()),
            measured.reason() == null ? "" : measured.reason()));
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.4f", value);
  }

  private static String line(List<String> cells) {
    return cells.stream().map(CsvReport::cell).collect(Collectors.joining(",", "", "\r\n"));
  }

  /** What begins like a formula is text: product classes come from systems. */
  private static String cell(String text) {
    boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    return "\"" + (formula ? "'" : "") + text.replace("\"", "\"\"") + "\"";
  }
}
