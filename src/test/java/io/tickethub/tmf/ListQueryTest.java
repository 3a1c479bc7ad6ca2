package io.tickethub.tmf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.tmf.Criterion.Operator;
import io.tickethub.tmf.ListQuery.Order;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class ListQueryTest {

  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void everyPartIsRead() {
    ListQuery query =
        ListQuery.of(
            "fields=name,status&offset=5&limit=7&sort=-creationDate,%2Bname&status=held,pending"
                + "&priority.ne=Low&creationDate%3E=2026-01-01&filter=note");
    assertThat(query.fields()).containsExactlyInAnyOrder("name", "status");
    assertThat(query.offset()).isEqualTo(5);
    assertThat(query.limit()).isEqualTo(7);
    assertThat(query.order())
        .containsExactly(new Order("creationDate", true), new Order("name", false));
    assertThat(query.criteria())
        .containsExactly(
            new Criterion("status", Operator.EQ, List.of("held", "pending")),
            new Criterion("priority", Operator.NE, List.of("Low")),
            new Criterion("creationDate", Operator.GTE, List.of("2026-01-01")));
    assertThat(query.filter()).isEqualTo("note");
  }

  @Test
  void semicolonsDivideConditionsAndTheSamePropertyAgainIsOneMoreValue() {
    assertThat(ListQuery.of("a=1;a=2;b.gt=3;c.in=4,5").criteria())
        .containsExactly(
            new Criterion("a", Operator.EQ, List.of("1", "2")),
            new Criterion("b", Operator.GT, List.of("3")),
            new Criterion("c", Operator.EQ, List.of("4", "5")));
  }

  @Test
  void aLargeLimitIsCutAndALargeOffsetRefused() {
    assertThat(ListQuery.of("limit=999999999").limit()).isEqualTo(ListQuery.LARGEST_LIMIT);
    assertThatThrownBy(() -> ListQuery.of("offset=10001")).isInstanceOf(TmfException.class);
  }

  @Property
  void whateverComesIsReadOrRefused(@ForAll @StringLength(max = 200) String text) {
    readOrRefused(text);
    readOrRefused(URLEncoder.encode(text, StandardCharsets.UTF_8));
    readOrRefused("x=" + text);
  }

  private static void readOrRefused(String query) {
    try {
      ListQuery.of(query).criteria().forEach(criterion -> criterion.fits(JSON.createObjectNode()));
    } catch (TmfException e) {
      assertThat(e.status()).isEqualTo(400);
    }
  }

  @Property
  void numbersAreComparedAsNumbers(
      @ForAll @IntRange(min = -999, max = 99_999) int one,
      @ForAll @IntRange(min = -999, max = 99_999) int other) {
    JsonNode node = JSON.createObjectNode().put("n", one);
    assertThat(fits(node, "n", Operator.GT, other)).isEqualTo(one > other);
    assertThat(fits(node, "n", Operator.GTE, other)).isEqualTo(one >= other);
    assertThat(fits(node, "n", Operator.LT, other)).isEqualTo(one < other);
    assertThat(fits(node, "n", Operator.LTE, other)).isEqualTo(one <= other);
    assertThat(fits(node, "n", Operator.EQ, other)).isEqualTo(one == other);
    assertThat(fits(node, "n", Operator.NE, other)).isEqualTo(one != other);
  }

  private static boolean fits(JsonNode node, String property, Operator operator, int value) {
    return new Criterion(property, operator, List.of(String.valueOf(value))).fits(node);
  }

  @Property
  void aValueOfAListIsFoundByItself(
      @ForAll List<@AlphaChars @StringLength(min = 1, max = 9) String> names,
      @ForAll @AlphaChars @StringLength(min = 1, max = 9) String wanted) {
    var node = JSON.createObjectNode();
    var notes = node.putArray("note");
    names.forEach(name -> notes.addObject().put("author", name));
    Criterion criterion = ListQuery.of("note.author=" + wanted).criteria().get(0);
    assertThat(criterion.fits(node)).isEqualTo(names.contains(wanted));
  }

  @Test
  void timesAreComparedWhateverTheirZone() throws Exception {
    JsonNode node = JSON.readTree("{\"at\": \"2026-01-01T08:00:00+08:00\"}");
    assertThat(new Criterion("at", Operator.EQ, List.of("2026-01-01")).fits(node)).isTrue();
    assertThat(new Criterion("at", Operator.LT, List.of("2026-01-01T00:00:01Z")).fits(node))
        .isTrue();
  }

  @Property
  void aJsonPathIsFollowedOrRefused(@ForAll @StringLength(max = 80) String path) throws Exception {
    JsonNode node = JSON.readTree("{\"note\": [{\"id\": \"1\", \"text\": \"a\"}]}");
    try {
      JsonPaths.places(path, node);
    } catch (TmfException e) {
      assertThat(e.status()).isEqualTo(400);
    }
  }
}
