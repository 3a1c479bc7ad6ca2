package io.tickethub.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.privacy.Masking.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          NAME          | 张三               | 张*
          NAME          | 欧阳修文           | 欧*
          NAME          | 张                 | *
          NAME          | 𠮷田               | 𠮷*
          PHONE         | 13800001234        | 138****1234
          PHONE         | 0770-2812345       | 077****2345
          PHONE         | 2812345            | ***
          PHONE         | 28123456           | ***
          IDENTITY_CARD | 45060319900101121X | 4506************1X
          IDENTITY_CARD | 450603900101121    | 4506************21
          IDENTITY_CARD | 4506039001         | ***
          PLATE         | 桂P12345           | 桂P1***5
          PLATE         | 桂PD12345          | 桂PD***5
          PLATE         | P12345             | ***
          CARD          | 6222021234567890   | ****7890
          CARD          | 1234567            | ***
          ADDRESS       | 防城港市港口区兴港大道5号中心医院 | 防城港市港***
          ADDRESS       | 兴港大道5号        | 兴港***
          ADDRESS       | 5号                | ***
          POSITION      | 108.35,21.69       | ***
          HEALTH        | 放射科             | ***
          HIDDEN        | anything           | ***
          TEXT          | 请打13800001234    | 请打138****1234
          """)
  void aValueOfAKnownKindKeepsItsAccustomedForm(Kind kind, String value, String masked) {
    assertThat(Masking.mask(kind, value)).isEqualTo(masked);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void whatIsNotThereStaysSo(Kind kind) {
    assertThat(Masking.mask(kind, null)).isNull();
    assertThat(Masking.mask(kind, " ")).isEqualTo(" ");
  }

  @Test
  void aKindNobodyKnowsIsHiddenAltogether() {
    assertThat(Masking.mask(Kind.of("helth"), "放射科")).isEqualTo("***");
    assertThat(Kind.of("identity-card")).isEqualTo(Kind.IDENTITY_CARD);
    assertThat(Kind.find("helth")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          回电13800001234谢谢             | 回电138****1234谢谢
          回电１３８００００１２３４，谢谢 | 回电138****1234，谢谢
          +86 13800001234                 | +86****1234
          +8613800001234                  | +86****1234
          138-0000-1234                   | 138****1234
          138 0000 1234                   | 138****1234
          固话0770-2812345                | 固话077****2345
          固话07702812345                 | 固话077****2345
          固话0770－2812345               | 固话077****2345
          （0770）2812345                 | (07****2345
          +86 770 2812345                 | +86****2345
          电话2812345                     | 电话***
          身份证45060319900101121X        | 身份证4506************1X
          身份证４５０６０３１９９００１０１１２１Ｘ | 身份证4506************1X
          45060319900101121X13800001234   | 4506************1X138****1234
          张三45060319900101121413800001234 | 张三****1234
          ICCID8986031234567890123        | ICCID****0123
          卡号2026001234                  | 卡号****1234
          卡号：2026001234                | 卡号：****1234
          车牌桂P12345故障                | 车牌桂P1***5故障
          桂p·12345                       | 桂p·***5
          桂Ｐ１２３４５                  | 桂P1***5
          桂P1234学                       | 桂P1***学
          桂PD12345                       | 桂PD***5
          位置108.354321,21.698765        | 位置***
          位置108.35，21.69               | 位置***
          东经108.35北纬21.69             | ******
          联系人张三                      | 联系人张*
          联系人：张小三，电话13800001234 | 联系人：张*，电话138****1234
          联系人张三电话13800001234       | 联系人张*电话138****1234
          请找李小明先生                  | 请找李*先生
          """)
  void personalDataIsMaskedInFreeText(String text, String masked) {
    assertThat(Masking.text(text, List.of())).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "宽带不通，光猫PON灯不亮",
        "2026-01-05 09:03 已到现场",
        "工单KF-1，端口12/3/45，速率100.5Mbps",
        "更换接口板，恢复正常，历时3小时",
        "Ａ座３楼，信号弱",
        "与TH20260105000001为同一故障"
      })
  void whatIsNotPersonalStaysAsItWasWritten(String text) {
    assertThat(Masking.text(text, List.of())).isEqualTo(text);
  }

  @Test
  void whatTheTicketKnowsOfItsCustomerIsMaskedWhereverItStands() {
    List<String> known = Arrays.asList("张三", "张三丰", null, "", "港口区兴港大道5号", "放射科");

    assertThat(Masking.text("张三丰在港口区兴港大道5号放射科等候，张三陪同", known)).isEqualTo("张*在港*放*等候，张*陪同");
  }

  @Test
  void aKnownValueIsFoundInFullWidthToo() {
    assertThat(Masking.text("账户ＡＢ－１２３", List.of("AB-123"))).isEqualTo("账户A*");
  }

  @Test
  void aKnownValueIsNoPattern() {
    assertThat(Masking.text("a.c abc", List.of("a.c"))).isEqualTo("a* abc");
    assertThat(Masking.text("x(y", List.of("(y"))).isEqualTo("x(*");
  }

  @Property
  void noNumberOfAPersonSurvivesInFreeText(@ForAll("contactTexts") String text) {
    assertThat(FreeText.plain(Masking.text(text, List.of())))
        .doesNotContainPattern("\\d{12}")
        .doesNotContainPattern("(?<!\\d)1[3-9]\\d{9}(?!\\d)")
        .doesNotContainPattern("\\d{17}[Xx]");
  }

  @Property
  void maskingWhatIsMaskedShowsNoMore(@ForAll("contactTexts") String text) {
    String once = Masking.text(text, List.of());
    String twice = Masking.text(once, List.of());

    assertThat(digits(twice)).isLessThanOrEqualTo(digits(once));
  }

  @Property
  void nothingButAFewCharactersOfAValueIsShown(@ForAll("values") String value, @ForAll Kind kind) {
    if (kind != Kind.TEXT) {
      assertThat(shown(Masking.mask(kind, value))).isLessThan(value.length());
    }
  }

  @Provide
  Arbitrary<String> contactTexts() {
    Arbitrary<String> numbers =
        Arbitraries.oneOf(
            digits("13", 9), digits("4506", 14), digits("0770", 7), digits("622202", 13));
    Arbitrary<String> texts =
        Arbitraries.of("张三", "电话", " ", "，", "X", "+86 ", "-", "ID", "桂P12345", "（", "");
    return Combinators.combine(numbers, texts)
        .as((number, text) -> text + number)
        .list()
        .ofMinSize(1)
        .ofMaxSize(5)
        .map(parts -> String.join("", parts))
        .flatMap(text -> Arbitraries.of(text, fullWidth(text)));
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.strings().withChars("张三李四桂P0123456789-").ofMinLength(1).ofMaxLength(30);
  }

  private static Arbitrary<String> digits(String start, int more) {
    return Arbitraries.strings().numeric().ofLength(more).map(rest -> start + rest);
  }

  private static String fullWidth(String text) {
    return text.chars()
        .map(character -> character > ' ' && character < 127 ? character + 0xFEE0 : character)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static long digits(String text) {
    return Pattern.compile("\\d").matcher(text).results().count();
  }

  private static long shown(String masked) {
    return masked.chars().filter(character -> character != '*').count();
  }

  @Test
  void aKnownValueInATextHasTheMaskItHasElsewhere() {
    Map<String, Kind> known =
        Map.of(
            "13877010001",
            Kind.PHONE,
            "李小明",
            Kind.NAME,
            "0771-5551234",
            Kind.PHONE,
            "病历",
            Kind.HEALTH);
    for (String value : List.of("13877010001", "李小明", "0771-5551234", "病历")) {
      assertThat(Masking.text("称" + value + "已处理", known))
          .isEqualTo("称" + Masking.mask(known.get(value), value) + "已处理");
    }
  }
}
