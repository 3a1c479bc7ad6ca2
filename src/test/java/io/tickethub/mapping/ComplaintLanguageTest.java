package io.tickethub.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tickethub.ticket.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On a Chinese machine the JDK complains in Chinese, and quotes the value, unless it is told not
 * to.
 */
class ComplaintLanguageTest {

  private final Locale locale = Locale.getDefault();

  @BeforeEach
  void speakChinese() {
    Locale.setDefault(Locale.SIMPLIFIED_CHINESE);
  }

  @AfterEach
  void speakAsBefore() {
    Locale.setDefault(locale);
  }

  @Test
  void aComplaintOfTheSchemaIsInEnglishAndLeavesTheValueOut(@TempDir Path directory)
      throws Exception {
    Path schema = directory.resolve("number.xsd");
    Files.writeString(
        schema,
        """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a" type="xs:int"/></xs:schema>
        """);
    XmlFormat format = new XmlFormat(SchemaFiles.xmlSchema(schema), Limits.DEFAULT);

    assertThat(problem(format, "<a>张三</a>").detail())
        .isEqualTo("the value is not a valid value for 'integer'.");
  }

  @Test
  void aComplaintOfTheParserIsInEnglish() {
    XmlFormat format = new XmlFormat(null, Limits.DEFAULT);

    assertThat(problem(format, "<a><b></a>").detail()).contains("must be terminated");
  }

  @Test
  void aComplaintOfJsonLeavesTheWordsOut() {
    JsonFormat format = new JsonFormat(null, Limits.DEFAULT);

    assertThat(problem(format, "{\"name\": zhangsan}").detail())
        .contains("an unknown word")
        .doesNotContain("zhangsan");
  }

  private static Problem problem(Format format, String text) {
    return catchThrowableOfType(MappingException.class, () -> format.read(text)).problem();
  }
}
