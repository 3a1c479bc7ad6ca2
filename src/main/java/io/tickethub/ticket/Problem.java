package io.tickethub.ticket;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Why something a system sent cannot be taken, so that whoever has to mend it finds the place.
 *
 * @param line 1-based line in the file or text; null if it has none
 * @param field name or path of the field; null if the whole is meant
 * @param value the offending value as sent, cut to 80 characters; may be personal data; null if
 *     there is none
 * @param detail what is wrong and what was expected, in plain English, without the value
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(ProblemCode code, Integer line, String field, String value, String detail) {

  private static final int LONGEST_VALUE = 80;

  public Problem {
    if (value != null && value.length() > LONGEST_VALUE) {
      value = value.substring(0, LONGEST_VALUE - 1) + "…";
    }
  }

  public static Problem of(ProblemCode code, String detail) {
    return new Problem(code, null, null, null, detail);
  }

  public static Problem of(ProblemCode code, String field, String value, String detail) {
    return new Problem(code, null, field, value, detail);
  }

  public Problem atLine(Integer newLine) {
    return new Problem(code, newLine, field, value, detail);
  }

  public Problem inField(String newField) {
    return new Problem(code, line, newField, value, detail);
  }

  /** The same problem, with the place in our own files that found it added to the detail. */
  public Problem foundBy(String place) {
    return new Problem(code, line, field, value, "%s (%s)".formatted(detail, place));
  }

  /** One sentence for logs and error answers; it leaves the value out. */
  public String sentence() {
    StringBuilder text = new StringBuilder(code.code());
    if (line != null) {
      text.append(", line ").append(line);
    }
    if (field != null) {
      text.append(", field ").append(field);
    }
    return text.append(": ").append(detail).toString();
  }
}
