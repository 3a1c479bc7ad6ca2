package io.tickethub.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickethub.mapping.RecordSplitter.RawRecord;
import io.tickethub.mapping.TextCodec.Unmappable;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonRecordsFormatTest {

  private static final Charset GBK = Charset.forName("GBK");

  private static JsonRecordsFormat at(String path) {
    return new JsonRecordsFormat(
        path, null, TextCodec.of("UTF-8", Unmappable.REJECT), new Limits(1 << 20, 5));
  }

  private static List<String> texts(JsonRecordsFormat format, String document) {
    List<String> texts = new ArrayList<>();
    format
        .records(document.getBytes(UTF_8))
        .forEachRemaining(record -> texts.add(new String(record.bytes(), UTF_8)));
    return texts;
  }

  @Test
  void recordsAreKeptAsTheyStood() {
    assertThat(
            texts(
                at("data/items"),
                "{\"data\": {\"other\": [9], \"items\": [ {\"a\":  1.50},\n 7 , \"电话\\n\", [1] ], \"z\": 0}}"))
        .containsExactly("{\"a\":  1.50}", "7", "\"电话\\n\"", "[1]");
  }

  @Test
  void theDocumentItselfCanBeTheList() {
    assertThat(texts(at("."), "[1, {}]")).containsExactly("1", "{}");
  }

  @Test
  void noListIsNoRecord() {
    assertThat(texts(at("items"), "{}")).isEmpty();
    assertThat(texts(at("items"), "{\"items\": null}")).isEmpty();
    assertThat(texts(at("items/x"), "{\"items\": 3}")).isEmpty();
    assertThat(texts(at("items"), " ")).isEmpty();
  }

  @Test
  void recordsKnowTheirLine() {
    List<Integer> lines = new ArrayList<>();
    at("items")
        .records("{\n\"items\": [\n1,\n{\n}\n]}".getBytes(UTF_8))
        .forEachRemaining(record -> lines.add(record.line()));
    assertThat(lines).containsExactly(3, 4);
  }

  @Test
  void recordsHaveTheBytesOfTheirCharset() {
    JsonRecordsFormat format =
        new JsonRecordsFormat(
            ".", null, TextCodec.of("GBK", Unmappable.REJECT), new Limits(1 << 20, 5));
    RawRecord record = format.records("[\"电话\"]".getBytes(GBK)).next();
    assertThat(record.bytes()).isEqualTo("\"电话\"".getBytes(GBK));
  }

  @Test
  void somethingElseThanAListIsRefused() {
    assertThatThrownBy(() -> at("items").records("{\"items\": {}}".getBytes(UTF_8)))
        .isInstanceOf(MappingException.class)
        .hasMessageContaining("no list at 'items'");
  }

  @Test
  void whatIsBrokenOrTooDeepIsRefusedAsAWhole() {
    assertThatThrownBy(() -> at("items").records("{\"items\": [1".getBytes(UTF_8)))
        .isInstanceOf(MappingException.class);
    assertThatThrownBy(() -> at("items").records("{\"items\": [[[[[[]]]]]]}".getBytes(UTF_8)))
        .isInstanceOf(MappingException.class);
  }

  @Test
  void recordsAreWrittenIntoTheirPlace() {
    assertThat(at("data/items").write(List.of(Map.of("a", 1))))
        .isEqualTo("{\"data\":{\"items\":[{\"a\":1}]}}");
    assertThat(at(".").write(Map.of("a", 1))).isEqualTo("[{\"a\":1}]");
  }
}
