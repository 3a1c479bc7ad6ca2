package io.tickethub.routing;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tickethub.product.Condition;
import io.tickethub.ticket.EventType;
import io.tickethub.ticket.TicketKind;
import io.tickethub.ticket.TicketState;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The content of {@code routes/mass-faults.yaml}: which faults gather the reports of an area.
 *
 * @param relays codes of a mass fault's events that are told to the reporters of its children
 */
public record MassFaultRules(
    @JsonProperty(value = "mass-faults", required = true) List<MassFault> massFaults,
    @JsonProperty(required = true) Set<String> relays) {

  private static final Set<String> EVENTS =
      Stream.concat(
              Arrays.stream(TicketState.values()).map(TicketState::code),
              Arrays.stream(EventType.values())
                  .filter(type -> type != EventType.STATE_CHANGED)
                  .map(EventType::code))
          .collect(Collectors.toUnmodifiableSet());

  public MassFaultRules {
    SystemWord.checkCodes(relays, EVENTS, "event");
  }

  /**
   * One kind of mass fault.
   *
   * @param when the declaring ticket is like this; it also says {@code mass-fault.areas}
   * @param gathers what it gathers
   */
  public record MassFault(
      @JsonProperty(required = true) String rule,
      Condition when,
      @JsonProperty(required = true) Gathers gathers) {
    public MassFault {
      when = when == null ? Condition.ALWAYS : when;
    }
  }

  /**
   * What a mass fault gathers, beside the area and the product classes that it names itself.
   *
   * @param kind of the reports
   * @param faultDomain {@code same-or-unknown}: a report that places its fault elsewhere stands
   *     alone; {@code any}
   */
  public record Gathers(
      @JsonProperty(required = true) List<TicketKind> kind,
      @JsonProperty(value = "fault-domain", required = true) Domain faultDomain) {}

  /** Which fault domains a mass fault gathers. */
  public enum Domain {
    @JsonProperty("same-or-unknown")
    SAME_OR_UNKNOWN,
    @JsonProperty("any")
    ANY
  }
}
