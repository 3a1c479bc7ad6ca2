package io.tickethub.mapping;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.JFunction;
import io.tickethub.ticket.IdentityCardNumber;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The functions of this trade that mappings may call beside JSONata's own.
 *
 * <table>
 * <caption>Functions; every one gives nothing for nothing</caption>
 * <tr><td>{@code $none(text)}</td><td>nothing for the empty text, {@code 0}, {@code null}, {@code N/A} and {@code 无}</td></tr>
 * <tr><td>{@code $none(text, sentinel…)}</td><td>nothing for the empty text and these, instead of the usual ones</td></tr>
 * <tr><td>{@code $date(text, pattern…)}</td><td>an ISO 8601 instant; see {@link Dates}</td></tr>
 * <tr><td>{@code $date(text, [pattern…], zone)}</td><td>the same for a text of another zone than the connector's; no pattern means the usual ones</td></tr>
 * <tr><td>{@code $formatDate(instant, pattern)}</td><td>the local time of the connector's zone</td></tr>
 * <tr><td>{@code $formatDate(instant, pattern, zone)}</td><td>the local time of another zone</td></tr>
 * <tr><td>{@code $halfWidth(text)}</td><td>full-width digits, letters and signs as ASCII</td></tr>
 * <tr><td>{@code $phone(text)}</td><td>the first telephone number in it, only digits, without +86</td></tr>
 * <tr><td>{@code $plate(text)}</td><td>a vehicle plate without blanks and dots, in capitals</td></tr>
 * <tr><td>{@code $identityCard(text)}</td><td>an 18-character identity number, check character verified</td></tr>
 * <tr><td>{@code $code(table, code)}</td><td>the hub's code; see {@link CodeTables}</td></tr>
 * <tr><td>{@code $codeBack(table, code)}</td><td>the system's code</td></tr>
 * <tr><td>{@code $cutBytes(text, most)}</td><td>the longest beginning that fits, in bytes of the system's charset</td></tr>
 * <tr><td>{@code $reject(field, detail, value)}</td><td>refuses the message; the value may be left out</td></tr>
 * </table>
 */
final class MappingFunctions {

  private static final Set<String> NOTHING = Set.of("", "0", "null", "N/A", "无");
  private static final Pattern NOT_A_DIGIT = Pattern.compile("\\D");
  private static final Pattern COUNTRY_CODE = Pattern.compile("(\\+|\\b00)86");

  /** A mobile number, or an area code with a local number; digits beside it are no part of it. */
  private static final Pattern TELEPHONE =
      Pattern.compile("(?<!\\d)(1[3-9]\\d{9}|0\\d{2,3}[ )-]*[2-9]\\d{6,7})(?!\\d)");

  private static final Pattern PLATE_NOISE = Pattern.compile("[\\s·.•-]");
  private final CodeTables codes;
  private final MappingObserver observer;
  private final Dates dates;
  private final Map<String, Dates> otherZones = new ConcurrentHashMap<>();
  private final TextCodec codec;

  MappingFunctions(CodeTables codes, ZoneId zone, TextCodec codec) {
    this(codes, zone, codec, MappingObserver.NOBODY);
  }

  MappingFunctions(CodeTables codes, ZoneId zone, TextCodec codec, MappingObserver observer) {
    this.observer = observer;
    this.codes = codes;
    this.dates = new Dates(zone);
    this.codec = codec;
  }

  void registerWith(Jsonata expression) {
    register(expression, "none", MappingFunctions::none);
    register(expression, "date", this::date);
    register(expression, "formatDate", this::formatDate);
    register(expression, "halfWidth", arguments -> halfWidth(text(arguments, 0)));
    register(expression, "phone", arguments -> phone(text(arguments, 0)));
    register(expression, "plate", arguments -> plate(text(arguments, 0)));
    register(expression, "identityCard", arguments -> identityCard(text(arguments, 0)));
    register(expression, "code", this::code);
    register(
        expression, "codeBack", arguments -> codes.fromHub(text(arguments, 0), text(arguments, 1)));
    register(expression, "cutBytes", this::cutBytes);
    register(expression, "reject", MappingFunctions::reject);
    register(expression, "eval", MappingFunctions::refuseEval);
  }

  private static void register(
      Jsonata expression, String name, Function<List<?>, Object> function) {
    expression.registerFunction(
        name, new JFunction((input, arguments) -> call(name, function, arguments), null));
  }

  private static Object call(String name, Function<List<?>, Object> function, List<?> arguments) {
    try {
      return function.apply(arguments);
    } catch (MappingException e) {
      throw new RefusalInMapping(e.problem());
    } catch (RuntimeException e) {
      throw new RefusalInMapping(
          Problem.of(
              ProblemCode.MAPPING,
              "$%s cannot be called with these arguments: %s"
                  .formatted(name, e.getClass().getSimpleName())));
    }
  }

  private static String text(List<?> arguments, int index) {
    Object argument = index < arguments.size() ? arguments.get(index) : null;
    return argument == null ? null : String.valueOf(argument);
  }

  /** The texts of the arguments from one on; a list counts as its items. */
  private static List<String> texts(List<?> arguments, int from) {
    return arguments.stream()
        .skip(from)
        .flatMap(argument -> argument instanceof List<?> list ? list.stream() : Stream.of(argument))
        .map(String::valueOf)
        .toList();
  }

  private static Object none(List<?> arguments) {
    List<String> sentinels = texts(arguments, 1);
    String text = text(arguments, 0);
    if (sentinels.isEmpty() || text == null) {
      return none(text);
    }
    String stripped = text.strip();
    return stripped.isEmpty() || sentinels.contains(stripped) ? null : stripped;
  }

  private static String none(String text) {
    return text == null || NOTHING.contains(text.strip()) ? null : text.strip();
  }

  private Object date(List<?> arguments) {
    String text = none(text(arguments, 0));
    if (text == null) {
      return null;
    }
    boolean list = arguments.size() > 1 && arguments.get(1) instanceof List<?>;
    List<String> patterns = list ? texts(List.of(arguments.get(1)), 0) : texts(arguments, 1);
    Dates local = list ? dates(text(arguments, 2)) : dates;
    return local.parse(halfWidth(text), patterns).map(Instant::toString).orElse(null);
  }

  private Object formatDate(List<?> arguments) {
    String text = text(arguments, 0);
    if (text == null) {
      return null;
    }
    try {
      return dates(text(arguments, 2)).format(Instant.parse(text), text(arguments, 1));
    } catch (DateTimeParseException e) {
      throw invalid(text, "is no instant such as $date gives");
    }
  }

  private Dates dates(String zone) {
    if (zone == null) {
      return dates;
    }
    try {
      return otherZones.computeIfAbsent(zone, name -> new Dates(ZoneId.of(name)));
    } catch (DateTimeException e) {
      throw new MappingException(ProblemCode.MAPPING, "there is no zone '%s'".formatted(zone));
    }
  }

  private static String halfWidth(String text) {
    return text == null ? null : Normalizer.normalize(text, Normalizer.Form.NFKC);
  }

  private static String phone(String text) {
    if (none(text) == null) {
      return null;
    }
    String national = COUNTRY_CODE.matcher(halfWidth(text)).replaceAll(" ");
    Matcher telephone = TELEPHONE.matcher(national);
    String digits =
        NOT_A_DIGIT.matcher(telephone.find() ? telephone.group() : national).replaceAll("");
    if (digits.length() > 11 && digits.startsWith("86")) {
      digits = digits.substring(2);
    }
    if (digits.length() < 5 || digits.length() > 12) {
      throw invalid(text, "is no telephone number");
    }
    return digits;
  }

  private static String plate(String text) {
    if (none(text) == null) {
      return null;
    }
    return PLATE_NOISE.matcher(halfWidth(text)).replaceAll("").toUpperCase(Locale.ROOT);
  }

  private static String identityCard(String text) {
    if (none(text) == null) {
      return null;
    }
    String number = halfWidth(text).strip().toUpperCase(Locale.ROOT);
    if (!number.matches("\\d{17}[\\dX]")) {
      throw invalid(text, "is no identity number of 18 characters");
    }
    if (IdentityCardNumber.checkCharacter(number) != number.charAt(17)) {
      throw invalid(text, "is an identity number with a wrong check character");
    }
    return number;
  }

  private Object code(List<?> arguments) {
    String table = text(arguments, 0);
    String code = text(arguments, 1);
    if (code != null) {
      observer.asked(table, code);
    }
    return codes.toHub(table, code);
  }

  /** Whether a mapping's input is looked through as a whole before the mapping reads of it. */
  boolean checksInput() {
    return observer == MappingObserver.NOBODY;
  }

  private Object cutBytes(List<?> arguments) {
    String text = text(arguments, 0);
    int most = ((Number) arguments.get(1)).intValue();
    return text == null
        ? null
        : ByteLength.cut((String) codec.writable(text), most, codec.charset());
  }

  private static Object reject(List<?> arguments) {
    throw new MappingException(
        Problem.of(
            ProblemCode.INVALID_VALUE, text(arguments, 0), text(arguments, 2), text(arguments, 1)));
  }

  private static Object refuseEval(List<?> arguments) {
    throw new MappingException(ProblemCode.MAPPING, "$eval is not allowed: data is never code");
  }

  private static MappingException invalid(String value, String detail) {
    return new MappingException(Problem.of(ProblemCode.INVALID_VALUE, null, value, detail));
  }
}
