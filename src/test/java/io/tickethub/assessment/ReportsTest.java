package io.tickethub.assessment;

import static io.tickethub.ticket.TicketState.ACCEPTED;
import static io.tickethub.ticket.TicketState.DISPATCHED;
import static io.tickethub.ticket.TicketState.REPLIED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.ticket.TicketKind;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ReportsTest {

  private static Assessment month(String productClass) {
    AssessmentRules rules = new AssessmentRules(ZoneOffset.UTC, null, null, null, null);
    Figures.Gathering gathering = new Figures.Gathering(rules);
    gathering.add(
        TicketLife.opened(TicketKind.FAULT, productClass)
            .reaches(DISPATCHED, "call-center", 10)
            .reaches(ACCEPTED, "partner-a", 25)
            .reaches(REPLIED, "partner-a", 70)
            .answers("satisfied", 80)
            .facts());
    Instant made = Instant.parse("2026-11-02T00:00:00Z");
    return new Assessment(
        YearMonth.of(2026, 10), 1, "monthly publication", "hub", made, null, gathering.figures());
  }

  @Test
  void thePageNeedsNothingElseAndIsInBothLanguages() {
    String page = HtmlReport.of(month("general"));

    assertThat(page)
        .contains("服务质量评估通报 2026-10", "Assessment of service quality", "@media print")
        .contains("<td class=\"t\">partner-a</td>", "<td>15.0</td>", "<td>60.0</td>")
        .contains("cannot be told from tickets: calls are no tickets")
        .doesNotContain("http:", "https:", "src=", "<script");
  }

  @Test
  void aShareWithoutAnAgreedTimeIsNotInvented() {
    assertThat(CsvReport.of(month("general")).lines())
        .contains(
            "\"2026-10\",\"1\",\"partner-a\",\"general\",\"response-in-time\",\"响应及时率\",\"share\",\"\",\"0\",\"no time is agreed: 'response-within' of assessment.yaml\"")
        .contains(
            "\"2026-10\",\"1\",\"partner-a\",\"general\",\"repair-p50\",\"修复时长（中位）\",\"p50\",\"3600\",\"1\",\"\"");
  }

  @Test
  void whatSystemsNamedIsTextOnly() {
    Assessment hostile = month("=cmd()<script>\"");

    assertThat(CsvReport.of(hostile)).contains("\"'=cmd()<script>\"\"\"");
    assertThat(HtmlReport.of(hostile)).doesNotContain("<script>").contains("=cmd()&lt;script&gt;");
  }

  @Test
  void csvIsInTheCharsetThatIsDeclared() {
    byte[] utf8 = AssessmentRules.Csv.UTF_8.encode("工单");
    byte[] chinese = AssessmentRules.Csv.GB18030.encode("工单");

    assertThat(Arrays.copyOf(utf8, 3)).containsExactly(0xEF, 0xBB, 0xBF);
    assertThat(new String(chinese, Charset.forName("GB18030"))).isEqualTo("工单");
  }
}
