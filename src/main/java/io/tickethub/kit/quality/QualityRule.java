package io.tickethub.kit.quality;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * One rule, as {@code quality-rules.yaml} has it.
 *
 * @param appliesTo what kind of folder it is for
 * @param grade the lowest grade that asks for it
 * @param titles by language: {@code en} and {@code zh}
 * @param reason why it is worth its work
 * @param by who decides whether it is kept
 * @param how what the program looks at, or what a claim has to say
 * @param exemptible whether a folder can have a reason not to keep it; true if null
 */
public record QualityRule(
    @JsonProperty(required = true) String id,
    @JsonProperty(value = "for", required = true) Kind appliesTo,
    @JsonProperty(required = true) Grade grade,
    @JsonProperty(required = true) Map<String, String> titles,
    @JsonProperty(required = true) String reason,
    @JsonProperty(required = true) Judge by,
    @JsonProperty(required = true) String how,
    Boolean exemptible) {

  public QualityRule {
    exemptible = exemptible == null || exemptible;
  }

  /** What a folder is. */
  public enum Kind {
    CONNECTOR,
    PRODUCT
  }

  /** Who decides whether a rule is kept. */
  public enum Judge {
    /** A check of the folder. */
    PROGRAM,
    /** The contract suite. */
    RUN,
    /** A person, who says what shows it. */
    PERSON
  }
}
