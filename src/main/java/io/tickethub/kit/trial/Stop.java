package io.tickethub.kit.trial;

import io.tickethub.connector.folder.ConnectorManifest.Inbound;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;

/**
 * Why a message came no further.
 *
 * @param step the one that failed
 * @param advice what to do about it
 */
public record Stop(Step step, Problem problem, String advice) {

  static Stop at(Step step, Problem problem, Inbound form, String codes) {
    return new Stop(reached(step, problem.code()), problem, advice(problem.code(), form, codes));
  }

  /** Formats check while they read: what is wrong says how far the reading came. */
  private static Step reached(Step step, ProblemCode code) {
    boolean validation =
        code == ProblemCode.SCHEMA
            || code == ProblemCode.COLUMN_COUNT
            || code == ProblemCode.HEADER
            || code == ProblemCode.MISSING_FIELD;
    return step == Step.PARSED && validation ? Step.VALIDATED : step;
  }

  private static String advice(ProblemCode code, Inbound form, String codes) {
    return switch (code) {
      case TOO_LARGE, TOO_DEEP, TOO_MANY ->
          "raise 'limits' of the channel in connector.yaml, if such messages are right";
      case UNDECODABLE ->
          "if the system does not write %s, mend 'charset' in connector.yaml; else its sender must mend the bytes"
              .formatted(form.charset());
      case MALFORMED ->
          "if the system does not write %s, mend 'format' in connector.yaml; else its sender must mend the text"
              .formatted(form.formatName());
      case SCHEMA, COLUMN_COUNT, HEADER ->
          "if the system really writes so, mend %s; else its sender must mend the message"
              .formatted(form.schema());
      case UNKNOWN_CODE ->
          "add the code to %s or choose another 'otherwise' there; see also %s"
              .formatted(codes == null ? "the code table" : codes, form.mapping());
      case MAPPING -> "mend " + form.mapping();
      case MISSING_FIELD, INVALID_VALUE ->
          "if the system really writes so, mend %s%s; else its sender must mend the message"
              .formatted(form.mapping(), form.schema() == null ? "" : " or " + form.schema());
      case REPEATED_KEY -> "its sender must give each record a key of its own";
      default -> "see the problem";
    };
  }
}
