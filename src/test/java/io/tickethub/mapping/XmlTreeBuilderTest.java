package io.tickethub.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class XmlTreeBuilderTest {

  private final XmlFormat format = new XmlFormat(null, Limits.DEFAULT);

  @Test
  void anElementWithNothingButTextIsItsText() {
    assertThat(format.read("<a> 报 障 </a>")).isEqualTo(Map.of("a", " 报 障 "));
    assertThat(format.read("<a/>")).isEqualTo(Map.of("a", ""));
    assertThat(format.read("<a><![CDATA[<b>&]]>&#x62A5;</a>")).isEqualTo(Map.of("a", "<b>&报"));
  }

  @Test
  void attributesAndTextStandSideBySide() {
    assertThat(format.read("<a id='1'>x</a>"))
        .isEqualTo(Map.of("a", Map.of("@id", "1", "#text", "x")));
  }

  @Test
  void blanksBetweenChildrenAreNoText() {
    assertThat(format.read("<a>\n  <b>1</b>\n</a>")).isEqualTo(Map.of("a", Map.of("b", "1")));
  }

  @Test
  void textBetweenChildrenIsKeptTogether() {
    assertThat(format.read("<a>x<b>1</b>y</a>"))
        .isEqualTo(Map.of("a", Map.of("b", "1", "#text", "xy")));
  }

  @Test
  void childrenOfOneNameAreAList() {
    assertThat(format.read("<a><b>1</b><c/><b>2</b><b>3</b></a>"))
        .isEqualTo(Map.of("a", Map.of("b", List.of("1", "2", "3"), "c", "")));
  }

  @Test
  void prefixesDoNotMatter() {
    assertThat(format.read("<x:a xmlns:x='urn:x' x:id='1'><x:b>1</x:b></x:a>"))
        .isEqualTo(Map.of("a", Map.of("@id", "1", "b", "1")));
  }

  @Test
  void attributesOfXmlSchemaHideNoAttributeOfTheMessage() {
    assertThat(
            format.read(
                "<a type='01' xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:type='x'/>"))
        .isEqualTo(Map.of("a", Map.of("@type", "01")));
  }

  @Test
  @Timeout(5)
  void aHundredThousandChildrenAreReadInNoTime() {
    Object tree = format.read("<r>" + "<a/>".repeat(200_000) + "</r>");

    assertThat(((Map<?, ?>) ((Map<?, ?>) tree).get("r")).get("a"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .hasSize(200_000);
  }
}
