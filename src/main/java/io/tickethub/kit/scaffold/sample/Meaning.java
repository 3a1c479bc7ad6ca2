package io.tickethub.kit.scaffold.sample;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Set;

/**
 * One place of the canonical ticket a field may belong to.
 *
 * @param types what its values usually look like; any if empty
 * @param never what they never look like
 * @param sure names that mean hardly anything else
 * @param likely names that usually mean it
 * @param perhaps names that may mean it
 */
record Meaning(
    Set<ValueType> types,
    Set<ValueType> never,
    List<String> sure,
    List<String> likely,
    List<String> perhaps) {

  Meaning(
      @JsonProperty("types") Set<ValueType> types,
      @JsonProperty("never") Set<ValueType> never,
      @JsonProperty("sure") List<String> sure,
      @JsonProperty("likely") List<String> likely,
      @JsonProperty("perhaps") List<String> perhaps) {
    this.types = types == null ? Set.of() : types;
    this.never = never == null ? Set.of() : never;
    this.sure = sure == null ? List.of() : sure;
    this.likely = likely == null ? List.of() : likely;
    this.perhaps = perhaps == null ? List.of() : perhaps;
  }
}
