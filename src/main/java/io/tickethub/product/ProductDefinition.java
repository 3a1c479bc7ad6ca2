package io.tickethub.product;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The content of a {@code product.yaml}.
 *
 * @param code the product class's code; equal to the folder's name
 * @param titles by language: {@code en} and {@code zh}
 * @param attributes the file of the JSON Schema of a ticket's attributes
 * @param required attributes without which a report is not taken
 * @param responsible the connector whose system repairs it; null if the fault system does
 * @param mustKnow connectors told of every ticket of this class
 * @param repairLimits by service level, elapsed time from the report; the key {@code otherwise} for
 *     every other level
 * @param sensitivity {@code none}, {@code personal} or {@code sensitive-personal} (PIPL art. 28)
 * @param masking attribute → kind of personal data, such as {@code plate}; see the privacy package
 */
public record ProductDefinition(
    @JsonProperty(required = true) String code,
    @JsonProperty(required = true) Map<String, String> titles,
    @JsonProperty(required = true) String attributes,
    List<String> required,
    String responsible,
    @JsonProperty("must-know") Set<String> mustKnow,
    @JsonProperty("repair-limits") Map<String, Duration> repairLimits,
    @JsonProperty(required = true) String sensitivity,
    Map<String, String> masking) {

  public ProductDefinition {
    required = required == null ? List.of() : List.copyOf(required);
    mustKnow = mustKnow == null ? Set.of() : Set.copyOf(mustKnow);
    repairLimits = repairLimits == null ? Map.of() : Map.copyOf(repairLimits);
    masking = masking == null ? Map.of() : Map.copyOf(masking);
  }
}
