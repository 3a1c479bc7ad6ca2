package io.tickethub.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickethub.mapping.PageCursor.Next;
import io.tickethub.mapping.TextCodec.Unmappable;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class PageCursorTest {

  private static PageCursor cursor(String cursor, String more) {
    return new Translation(CodeTables.NONE, ZoneId.of("Asia/Shanghai"))
        .cursor(
            new Translation.Syntax(
                TextCodec.of("UTF-8", Unmappable.REPLACE),
                new JsonFormat(null, new Limits(1 << 20, 10))),
            "here",
            cursor,
            more);
  }

  private static Next after(PageCursor cursor, String page, String current) {
    return cursor.after(page.getBytes(UTF_8), current);
  }

  @Test
  void aCursorThatMovedIsWorthAnotherPage() {
    assertThat(after(cursor("next", null), "{\"next\": \"b\"}", "a"))
        .isEqualTo(new Next("b", true));
    assertThat(after(cursor("next", null), "{\"next\": \"a\"}", "a"))
        .isEqualTo(new Next("a", false));
  }

  @Test
  void aPageWithoutCursorLeavesIt() {
    assertThat(after(cursor("next", null), "{}", "a")).isEqualTo(new Next("a", false));
    assertThat(after(cursor("next", null), "{\"next\": \"\"}", null))
        .isEqualTo(new Next(null, false));
    assertThat(after(cursor("next", null), "", "a")).isEqualTo(new Next("a", false));
  }

  @Test
  void thePageCanSayWhetherThereIsMore() {
    PageCursor cursor = cursor("next", "hasMore");
    assertThat(after(cursor, "{\"next\": \"b\", \"hasMore\": false}", "a").more()).isFalse();
    assertThat(after(cursor, "{\"next\": \"b\", \"hasMore\": true}", "a").more()).isTrue();
    assertThat(after(cursor, "{\"next\": \"b\"}", "a").more()).isFalse();
  }

  @Test
  void numbersAreWrittenOut() {
    assertThat(after(cursor("$max(items.n)", null), "{\"items\": [{\"n\": 1700000000000}]}", "1"))
        .isEqualTo(new Next("1700000000000", true));
    assertThat(after(cursor("$number($cursor) + 1", null), "{}", "9"))
        .isEqualTo(new Next("10", true));
  }

  @Test
  void whatIsNoCursorIsRefused() {
    assertThatThrownBy(() -> after(cursor("next", null), "{\"next\": {}}", "a"))
        .isInstanceOf(MappingException.class);
    assertThatThrownBy(
            () -> after(cursor("next", null), "{\"next\": \"" + "x".repeat(2_001) + "\"}", "a"))
        .isInstanceOf(MappingException.class);
    assertThatThrownBy(() -> after(cursor("next", null), "{\"next\"", "a"))
        .isInstanceOf(MappingException.class);
  }
}
