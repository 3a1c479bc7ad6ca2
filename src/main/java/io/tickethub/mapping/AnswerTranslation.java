package io.tickethub.mapping;

import io.tickethub.ticket.Name;
import java.util.Map;

/** What a system answered, as the hub understands it. Thread-safe. */
public final class AnswerTranslation {

  private final Translation.Syntax syntax;
  private final MappingExpression mapping;
  private final Translation translation;

  AnswerTranslation(Translation.Syntax syntax, MappingExpression mapping, Translation translation) {
    this.syntax = syntax;
    this.mapping = mapping;
    this.translation = translation;
  }

  /**
   * {@code asked} is the input of the delivery this is the answer to; the mapping sees it as {@code
   * $asked}.
   */
  public Answer read(byte[] body, Map<String, Object> asked) {
    Object tree = syntax.format().read(syntax.codec().decode(body));
    Object mapped = mapping.evaluate(tree, Map.of("asked", asked));
    Answer answer = mapped == null ? Answer.TAKEN : translation.convert(mapped, Answer.class);
    answer.references().forEach((scheme, value) -> check("references." + scheme, value));
    return answer;
  }

  private static void check(String field, String name) {
    Name.flaw(field, name)
        .ifPresent(
            flaw -> {
              throw new MappingException(flaw);
            });
  }
}
