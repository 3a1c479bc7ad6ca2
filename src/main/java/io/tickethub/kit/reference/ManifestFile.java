package io.tickethub.kit.reference;

import io.tickethub.assessment.AssessmentRules;
import io.tickethub.connector.folder.ConnectorManifest;
import io.tickethub.kit.quality.QualityClaims;
import io.tickethub.mapping.ColumnLayout;
import io.tickethub.mapping.FixedWidthLayout;
import io.tickethub.plan.PlanRules;
import io.tickethub.product.ProductDefinition;
import io.tickethub.routing.MassFaultRules;
import io.tickethub.routing.RepeatRules;
import io.tickethub.service.CallBackRules;
import io.tickethub.service.LimitRules;

/** The definition files a folder holds, and the records that read them. */
public enum ManifestFile {
  CONNECTOR("connector.yaml", ConnectorManifest.class),
  PRODUCT("product.yaml", ProductDefinition.class),
  QUALITY("quality.yaml", QualityClaims.class),
  TIME_LIMITS("routes/time-limits.yaml", LimitRules.class),
  REPEATS("routes/repeats.yaml", RepeatRules.class),
  MASS_FAULTS("routes/mass-faults.yaml", MassFaultRules.class),
  PLANS("routes/plans.yaml", PlanRules.class),
  ASSESSMENT("routes/assessment.yaml", AssessmentRules.class),
  CALL_BACKS("routes/call-backs.yaml", CallBackRules.class),
  COLUMNS("schema/*.columns.yaml", ColumnLayout.class),
  WIDTHS("schema/*.widths.yaml", FixedWidthLayout.class);

  private final String pattern;
  private final Class<? extends Record> reader;

  ManifestFile(String pattern, Class<? extends Record> reader) {
    this.pattern = pattern;
    this.reader = reader;
  }

  /** The file's name within a folder. */
  public String pattern() {
    return pattern;
  }

  public Class<? extends Record> reader() {
    return reader;
  }

  /** The schema's name below {@code connectors/schema}. */
  public String schemaName() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + ".schema.json";
  }
}
