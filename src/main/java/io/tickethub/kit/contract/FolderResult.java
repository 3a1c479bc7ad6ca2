package io.tickethub.kit.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.tickethub.kit.contract.CaseResult.Outcome;
import java.util.List;

/**
 * What came of the cases of one folder.
 *
 * @param kind connector or product
 * @param grade the folder's grade; null where nobody graded it
 */
@JsonPropertyOrder({"name", "kind", "passed", "failed", "notApplicable", "grade", "cases"})
@JsonInclude(JsonInclude.Include.ALWAYS)
public record FolderResult(String name, String kind, List<CaseResult> cases, String grade) {

  @JsonProperty
  public long passed() {
    return count(Outcome.PASSED);
  }

  @JsonProperty
  public long failed() {
    return count(Outcome.FAILED);
  }

  @JsonProperty
  public long notApplicable() {
    return count(Outcome.NOT_APPLICABLE);
  }

  private long count(Outcome outcome) {
    return cases.stream().filter(result -> result.outcome() == outcome).count();
  }

  /** The same with a grade. */
  public FolderResult graded(String given) {
    return new FolderResult(name, kind, cases, given);
  }
}
