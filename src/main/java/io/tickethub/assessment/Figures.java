package io.tickethub.assessment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/**
 * A month's figures.
 *
 * @param tickets how many were closed
 * @param untold dispatches of faults and complaints of which the history does not say who had them
 * @param responseWithin the agreed time of a response; null if nothing is agreed
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Figures(
    long tickets,
    long untold,
    Duration responseWithin,
    List<PartnerRow> partners,
    List<IndicatorRow> indicators) {

  /** What one partner is assessed by for one product class. */
  public record PartnerRow(String partner, String productClass, Map<String, Measured> figures) {

    Measured figure(PartnerFigure figure) {
      return figures.get(figure.code());
    }
  }

  /** One indicator of the centre. */
  public record IndicatorRow(
      String code,
      String group,
      String english,
      String chinese,
      String formula,
      String aggregate,
      Measured measured) {}

  private record Key(String partner, String productClass) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int order = partner.compareTo(other.partner);
      return order == 0 ? productClass.compareTo(other.productClass) : order;
    }
  }

  /** Gathers the facts of a month's tickets, in any order. */
  static final class Gathering {
    private final AssessmentRules rules;
    private final Map<Key, Map<PartnerFigure, DoubleStream.Builder>> partners = new TreeMap<>();
    private final Map<Indicator, DoubleStream.Builder> indicators = new EnumMap<>(Indicator.class);
    private long tickets;
    private long untold;

    Gathering(AssessmentRules rules) {
      this.rules = rules;
    }

    void add(TicketFacts facts) {
      tickets++;
      for (Indicator indicator : Indicator.values()) {
        DoubleStream.Builder samples =
            indicators.computeIfAbsent(indicator, any -> DoubleStream.builder());
        indicator.samples(facts).forEach(samples::add);
      }
      if (!facts.isTrouble()) {
        return;
      }
      untold += facts.untold();
      for (Work work : facts.work()) {
        Map<PartnerFigure, DoubleStream.Builder> figures =
            partners.computeIfAbsent(
                new Key(work.partner(), facts.productClass()),
                any -> new EnumMap<>(PartnerFigure.class));
        for (PartnerFigure figure : PartnerFigure.values()) {
          DoubleStream.Builder samples =
              figures.computeIfAbsent(figure, any -> DoubleStream.builder());
          figure.samples(work, rules).forEach(samples::add);
        }
      }
    }

    Figures figures() {
      List<PartnerRow> rows = new ArrayList<>();
      partners.forEach(
          (key, figures) -> {
            Map<String, Measured> measured = new LinkedHashMap<>();
            figures.forEach(
                (figure, samples) ->
                    measured.put(figure.code(), figure.measured(samples.build().toArray(), rules)));
            rows.add(new PartnerRow(key.partner(), key.productClass(), measured));
          });
      List<IndicatorRow> centre = new ArrayList<>();
      for (Indicator indicator : Indicator.values()) {
        double[] samples =
            indicators.getOrDefault(indicator, DoubleStream.builder()).build().toArray();
        centre.add(
            new IndicatorRow(
                indicator.code(),
                indicator.group().code(),
                indicator.english(),
                indicator.chinese(),
                indicator.formula(),
                indicator.aggregate().text(),
                indicator.measured(samples)));
      }
      return new Figures(tickets, untold, rules.responseWithin(), rows, centre);
    }
  }
}
