package io.tickethub.assessment;

import io.tickethub.assessment.Figures.IndicatorRow;
import io.tickethub.assessment.Figures.PartnerRow;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/** A published month as one page in Chinese and English that needs nothing else. */
final class HtmlReport {

  private static final String STYLE =
      """
      body{font:14px/1.5 "Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:2em auto;max-width:70em;color:#111}
      table{border-collapse:collapse;width:100%;margin:0 0 2em}
      th,td{border:1px solid #999;padding:.3em .5em;text-align:right;vertical-align:top}
      th{background:#eee}td.t,th.t{text-align:left}small{color:#555;display:block;font-weight:normal}
      h2{break-after:avoid}tr{break-inside:avoid}thead{display:table-header-group}
      @page{size:A4 landscape;margin:12mm}@media print{body{margin:0;max-width:none;font-size:9pt}}
      """;

  private HtmlReport() {}

  static String of(Assessment assessment) {
    StringBuilder page = new StringBuilder();
    page.append("<!DOCTYPE html>\n<html lang=\"zh\"><head><meta charset=\"utf-8\"><title>")
        .append("服务质量评估通报 ")
        .append(escaped(assessment.name()))
        .append("</title><style>")
        .append(STYLE)
        .append("</style></head><body>\n<h1>服务质量评估通报 ")
        .append(assessment.month())
        .append("<small>Assessment of service quality, version ")
        .append(assessment.version())
        .append(", ")
        .append(escaped(assessment.reason()))
        .append("; 生成 made ")
        .append(assessment.madeAt())
        .append("</small></h1>\n");
    paragraph(page, summary(assessment.figures()));
    partners(page, assessment.figures());
    centre(page, assessment.figures());
    return page.append("</body></html>\n").toString();
  }

  private static String summary(Figures figures) {
    Duration within = figures.responseWithin();
    return "办结工单 tickets closed: %d. 按故障和投诉评估 partners are assessed by faults and complaints; 派单后无法确定承接方 dispatches without a known holder: %d. 时长单位为分钟 times in minutes; 响应时限 response within: %s."
        .formatted(
            figures.tickets(),
            figures.untold(),
            within == null ? "未约定 not agreed" : within.toMinutes() + " min");
  }

  private static void partners(StringBuilder page, Figures figures) {
    page.append("<h2>合作方与处理单位 Partners</h2>\n<table><thead><tr>");
    page.append("<th class=\"t\">处理方<small>Partner</small></th>");
    page.append("<th class=\"t\">产品类别<small>Product class</small></th>");
    for (PartnerFigure figure : PartnerFigure.values()) {
      String unit = Words.unit(figure.aggregate());
      page.append("<th>")
          .append(escaped(figure.chinese()))
          .append("<small>")
          .append(escaped(figure.english() + (unit.isEmpty() ? "" : ", " + unit)))
          .append("</small></th>");
    }
    page.append("</tr></thead><tbody>\n");
    Map<String, String> reasons = new TreeMap<>();
    for (PartnerRow row : figures.partners()) {
      page.append("<tr>");
      cell(page, row.partner(), true);
      cell(page, row.productClass(), true);
      for (PartnerFigure figure : PartnerFigure.values()) {
        Measured measured = row.figure(figure);
        cell(page, Words.of(measured, figure.aggregate()), false);
        if (measured.reason() != null) {
          reasons.merge(measured.reason(), figure.chinese(), HtmlReport::joined);
        }
      }
      page.append("</tr>\n");
    }
    page.append("</tbody></table>\n");
    reasons.forEach((reason, names) -> paragraph(page, "—: %s: %s".formatted(names, reason)));
  }

  private static String joined(String names, String name) {
    return Arrays.asList(names.split(", ")).contains(name) ? names : names + ", " + name;
  }

  private static void centre(StringBuilder page, Figures figures) {
    page.append("<h2>10000号运营指标 Indicators of the 10000 centre</h2>\n");
    for (Indicator.Group group : Indicator.Group.values()) {
      page.append("<h3>")
          .append(escaped(group.chinese() + " " + group.english()))
          .append("</h3>\n<table><thead><tr><th class=\"t\">指标<small>Indicator</small></th>")
          .append("<th>结果<small>Value</small></th><th>样本<small>Samples</small></th>")
          .append("<th class=\"t\">算法<small>Formula</small></th></tr></thead><tbody>\n");
      for (IndicatorRow row :
          figures.indicators().stream()
              .filter(row -> row.group().equals(group.code()))
              .collect(Collectors.toList())) {
        page.append("<tr>");
        cell(page, row.chinese() + " " + row.english(), true);
        Aggregate aggregate = aggregate(row);
        String unit = aggregate == Aggregate.P50 || aggregate == Aggregate.P90 ? " min" : "";
        cell(page, Words.of(row.measured(), aggregate) + unit, false);
        cell(page, Integer.toString(row.measured().samples()), false);
        String reason = row.measured().reason();
        cell(page, row.formula() + (reason == null ? "" : "; " + reason), true);
        page.append("</tr>\n");
      }
      page.append("</tbody></table>\n");
    }
  }

  private static Aggregate aggregate(IndicatorRow row) {
    return Arrays.stream(Aggregate.values())
        .filter(aggregate -> aggregate.text().equals(row.aggregate()))
        .findFirst()
        .orElse(Aggregate.SUM);
  }

  private static void paragraph(StringBuilder page, String text) {
    page.append("<p>").append(escaped(text)).append("</p>\n");
  }

  private static void cell(StringBuilder page, String text, boolean words) {
    page.append(words ? "<td class=\"t\">" : "<td>").append(escaped(text)).append("</td>");
  }

  private static String escaped(String text) {
    return HtmlUtils.htmlEscape(text, "UTF-8");
  }
}
