package io.tickethub.kit.quality;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tickethub.definition.YamlFiles;
import io.tickethub.kit.quality.QualityRule.Kind;
import java.util.List;

/** All rules, in the order in which they are shown. */
public record QualityRules(@JsonProperty(required = true) List<QualityRule> rules) {

  private static final String RESOURCE = "/kit/quality-rules.yaml";

  public QualityRules {
    rules = List.copyOf(rules);
  }

  public static QualityRules shipped() {
    return YamlFiles.resource(RESOURCE, QualityRules.class);
  }

  public List<QualityRule> of(Kind kind) {
    return rules.stream().filter(rule -> rule.appliesTo() == kind).toList();
  }
}
