package io.tickethub.ticket;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a ticket says, apart from where it stands in its life. The same shape serves as a patch: a
 * null or blank component, or attribute, leaves the ticket's own value; {@code attributes} are
 * merged key by key.
 *
 * @param productClass the code of a product adapter, such as {@code digital-hospital}
 * @param region the district the fault is in, in the reporting system's words
 * @param faultDomain platform, network, access, customer or product; decides who repairs
 * @param attributes the identifiers of the product class (scalar values), checked by its product
 *     adapter
 * @param satisfaction the answer to the call-back: satisfied or unsatisfied
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TicketContent(
    TicketKind kind,
    String productClass,
    String title,
    String description,
    String region,
    String faultDomain,
    Customer customer,
    Map<String, Object> attributes,
    Resolution resolution,
    String satisfaction) {

  /** The attribute in which any product's ticket may say how severe the trouble is. */
  public static final String SEVERITY = "tmf621.severity";

  /** Declares a mass fault: the regions whose reports it gathers, with commas between. */
  public static final String MASS_FAULT_AREAS = "mass-fault.areas";

  /**
   * The product classes whose reports a mass fault gathers, with commas between; without, its own.
   */
  public static final String MASS_FAULT_PRODUCTS = "mass-fault.products";

  /** What a ticket that the hub itself opened is for, such as {@code assessment}. */
  public static final String PURPOSE = "hub.purpose";

  /** Attributes that any product's ticket may have. */
  public static final Set<String> COMMON_ATTRIBUTES =
      Set.of(SEVERITY, MASS_FAULT_AREAS, MASS_FAULT_PRODUCTS, PURPOSE);

  /** Changes nothing. */
  public static final TicketContent EMPTY =
      new TicketContent(null, null, null, null, null, null, null, Map.of(), null, null);

  public TicketContent {
    productClass = Merge.given(productClass);
    title = Merge.given(title);
    description = Merge.given(description);
    region = Merge.given(region);
    faultDomain = Merge.given(faultDomain);
    satisfaction = Merge.given(satisfaction);
    attributes = attributes == null ? Map.of() : Collections.unmodifiableMap(named(attributes));
  }

  private static Map<String, Object> named(Map<String, Object> attributes) {
    Map<String, Object> named = new TreeMap<>(attributes);
    named.values().removeIf(value -> Merge.given(value) == null);
    return named;
  }

  /** This content with everything that {@code patch} names. */
  public TicketContent merge(TicketContent patch) {
    Map<String, Object> merged = new TreeMap<>(attributes);
    merged.putAll(patch.attributes);
    return new TicketContent(
        Merge.either(patch.kind, kind),
        Merge.either(patch.productClass, productClass),
        Merge.either(patch.title, title),
        Merge.either(patch.description, description),
        Merge.either(patch.region, region),
        Merge.either(patch.faultDomain, faultDomain),
        customer == null ? patch.customer : customer.merge(patch.customer),
        merged,
        resolution == null ? patch.resolution : resolution.merge(patch.resolution),
        Merge.either(patch.satisfaction, satisfaction));
  }

  /** The part of this content that {@code present} says nothing about. */
  public TicketContent missingIn(TicketContent present) {
    Map<String, Object> missing = new TreeMap<>(attributes);
    missing.keySet().removeAll(present.attributes.keySet());
    return new TicketContent(
        Merge.missing(kind, present.kind),
        Merge.missing(productClass, present.productClass),
        Merge.missing(title, present.title),
        Merge.missing(description, present.description),
        Merge.missing(region, present.region),
        Merge.missing(faultDomain, present.faultDomain),
        customer == null ? null : customer.missingIn(present.customerOrUnknown()),
        missing,
        resolution == null ? null : resolution.missingIn(present.resolutionOrNone()),
        Merge.missing(satisfaction, present.satisfaction));
  }

  /** How severe the trouble is, in the reporting system's words; null if nobody said. */
  @JsonIgnore
  public String severity() {
    return attributes.get(SEVERITY) instanceof String severity ? severity : null;
  }

  /** The customer, never null. */
  public Customer customerOrUnknown() {
    return customer == null ? Customer.UNKNOWN : customer;
  }

  /** The resolution, never null. */
  public Resolution resolutionOrNone() {
    return resolution == null ? Resolution.NONE : resolution;
  }
}
