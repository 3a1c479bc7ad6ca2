package io.tickethub.assessment;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a ticket gives to one figure. */
final class Sampling {

  private final Function<TicketFacts, List<Double>> samples;

  private Sampling(Function<TicketFacts, List<Double>> samples) {
    this.samples = samples;
  }

  /**
   * @param published the agreed times of then count, not those of now
   * @throws IllegalArgumentException if there is no such figure
   */
  static Sampling of(
      String code, String partner, String productClass, Figures published, AssessmentRules now) {
    AssessmentRules rules =
        new AssessmentRules(now.zone(), null, null, published.responseWithin(), null);
    Optional<PartnerFigure> figure =
        Arrays.stream(PartnerFigure.values()).filter(any -> any.code().equals(code)).findFirst();
    Optional<Indicator> indicator =
        Arrays.stream(Indicator.values()).filter(any -> any.code().equals(code)).findFirst();
    if (figure.isEmpty() && indicator.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no figure '%s'; of partners there are %s; of the centre %s"
              .formatted(code, PartnerFigure.codes(), Indicator.codes()));
    }
    boolean ofCentre = indicator.isPresent() && (figure.isEmpty() || "10000".equals(partner));
    if (ofCentre) {
      return new Sampling(indicator.get()::samples);
    }
    return new Sampling(
        facts ->
            !facts.isTrouble() || productClass != null && !productClass.equals(facts.productClass())
                ? List.of()
                : facts.work().stream()
                    .filter(work -> partner == null || partner.equals(work.partner()))
                    .flatMap(work -> figure.get().samples(work, rules).stream())
                    .toList());
  }

  List<Double> of(TicketFacts facts) {
    return samples.apply(facts);
  }
}
