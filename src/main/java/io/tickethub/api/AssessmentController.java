package io.tickethub.api;

import io.tickethub.assessment.Assessment;
import io.tickethub.assessment.Assessments;
import io.tickethub.assessment.Figures;
import java.security.Principal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What partners and the call centre are assessed by, month by month. */
@RestController
@RequestMapping("/api/assessments")
class AssessmentController {

  private final Assessments assessments;
  private final Audit audit;

  AssessmentController(Assessments assessments, Audit audit) {
    this.assessments = assessments;
    this.audit = audit;
  }

  /** A version in a list. */
  record VersionView(
      String month,
      int version,
      long tickets,
      String reason,
      String madeBy,
      Instant madeAt,
      Instant announcedAt) {

    static VersionView of(Assessment assessment) {
      return new VersionView(
          assessment.month().toString(),
          assessment.version(),
          assessment.figures().tickets(),
          assessment.reason(),
          assessment.madeBy(),
          assessment.madeAt(),
          assessment.announcedAt());
    }
  }

  /**
   * A month.
   *
   * @param published a run made this version; false if it is not new
   * @param assessment null for what was only tried
   */
  record MonthView(boolean published, VersionView assessment, Figures figures) {}

  /** Publishes a month, or only computes it. */
  @PostMapping("/{month}")
  MonthView run(
      @PathVariable String month,
      @RequestParam(defaultValue = "false") boolean dryRun,
      @RequestParam(defaultValue = "") String reason,
      Principal who) {
    if (dryRun) {
      return new MonthView(false, null, assessments.preview(month(month)));
    }
    Assessments.Made made = assessments.run(month(month), Reason.given(reason), who.getName());
    if (made.published()) {
      audit.record(
          who.getName(), "assessment", made.assessment().name(), made.assessment().reason());
    }
    return new MonthView(
        made.published(), VersionView.of(made.assessment()), made.assessment().figures());
  }

  /** The newest month and version first. */
  @GetMapping
  List<VersionView> list(@RequestParam(defaultValue = "24") int limit) {
    return assessments.list(Page.size(limit)).stream().map(VersionView::of).toList();
  }

  /** {@code version}: the newest if it is not given; {@code partner}: only its figures. */
  @GetMapping("/{month}")
  MonthView show(
      @PathVariable String month,
      @RequestParam Optional<Integer> version,
      @RequestParam Optional<String> partner) {
    Assessment assessment = find(month, version);
    Figures figures = assessment.figures();
    Figures shown =
        partner.isEmpty()
            ? figures
            : new Figures(
                figures.tickets(),
                figures.untold(),
                figures.responseWithin(),
                figures.partners().stream()
                    .filter(row -> row.partner().equals(partner.get()))
                    .toList(),
                List.of());
    return new MonthView(false, VersionView.of(assessment), shown);
  }

  /** The tickets a figure was made from; {@code after}: the {@code next} of the page before. */
  @GetMapping("/{month}/explanation")
  Assessments.Explained explain(
      @PathVariable String month,
      @RequestParam String figure,
      @RequestParam Optional<Integer> version,
      @RequestParam Optional<String> partner,
      @RequestParam Optional<String> productClass,
      @RequestParam(defaultValue = "-1") long after) {
    return assessments.explain(
        find(month, version), figure, partner.orElse(null), productClass.orElse(null), after);
  }

  @GetMapping("/{month}/html")
  ResponseEntity<byte[]> html(@PathVariable String month, @RequestParam Optional<Integer> version) {
    Assessment assessment = find(month, version);
    return file(assessment, "html", "text/html; charset=UTF-8", assessments.html(assessment));
  }

  @GetMapping("/{month}/csv")
  ResponseEntity<byte[]> csv(@PathVariable String month, @RequestParam Optional<Integer> version) {
    Assessment assessment = find(month, version);
    return file(
        assessment,
        "csv",
        "text/csv; charset=" + assessments.csvCharset(),
        assessments.csv(assessment));
  }

  private static ResponseEntity<byte[]> file(
      Assessment assessment, String ending, String type, byte[] content) {
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_TYPE, type)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"assessment-%s.%s\"".formatted(assessment.name(), ending))
        .body(content);
  }

  private Assessment find(String month, Optional<Integer> version) {
    return assessments
        .find(month(month), version.orElse(null))
        .orElseThrow(
            () ->
                new NotFoundException(
                    "%s has not been published%s"
                        .formatted(month, version.map(v -> " as version " + v).orElse(""))));
  }

  private static YearMonth month(String text) {
    try {
      return YearMonth.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("'%s' is no month: write 2026-10".formatted(text), e);
    }
  }
}
