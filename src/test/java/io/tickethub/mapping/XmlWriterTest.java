package io.tickethub.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.ticket.ProblemCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class XmlWriterTest {

  private final XmlFormat format = new XmlFormat(null, Limits.DEFAULT);

  @Test
  void attributesChildrenListsAndTextAreWritten() {
    Map<String, Object> element = new LinkedHashMap<>();
    element.put("b", List.of(1, "2"));
    element.put("@id", true);
    element.put("@none", null);
    element.put("c", null);
    element.put("#text", "x");

    assertThat(format.write(Map.of("a", element)))
        .isEqualTo("<a id=\"true\"><b>1</b><b>2</b>x</a>");
  }

  @Test
  void textIsNeverMarkup() {
    String hostile = "</a><b x=\"1\">&amp;]]><!--";

    assertThat(format.read(format.write(Map.of("a", hostile)))).isEqualTo(Map.of("a", hostile));
    assertThat(format.read(format.write(Map.of("a", Map.of("@b", hostile)))))
        .isEqualTo(Map.of("a", Map.of("@b", hostile)));
  }

  @Test
  void charactersXmlHasNoPlaceForAreDropped() {
    assertThat(format.write(Map.of("a", "1\u0000\u0007\u001B2\uFFFE\uFFFF3\uD8004\t\uD840\uDC00")))
        .isEqualTo("<a>1234\t\uD840\uDC00</a>");
  }

  @Test
  void whatIsNoNameIsNoElement() {
    for (String name : List.of("", "a b", "1a", "a>", "a:b", "<a", "a/")) {
      assertThat(Problems.of(() -> format.write(Map.of(name, "x"))).code())
          .as(name)
          .isEqualTo(ProblemCode.MAPPING);
    }
  }

  @Test
  void thereIsExactlyOneRoot() {
    for (Object tree :
        new Object[] {
          "text", Map.of(), Map.of("a", 1, "b", 2), List.of(), Map.of("a", List.of(1))
        }) {
      assertThat(Problems.of(() -> format.write(tree)).code()).isEqualTo(ProblemCode.MAPPING);
    }
  }

  @Test
  void anObjectWhereOnlyTextCanStandIsRefused() {
    assertThat(Problems.of(() -> format.write(Map.of("a", Map.of("@b", Map.of("c", 1))))).code())
        .isEqualTo(ProblemCode.MAPPING);
    assertThat(
            Problems.of(() -> format.write(Map.of("a", Map.of("b", List.of(List.of(1)))))).code())
        .isEqualTo(ProblemCode.MAPPING);
  }
}
