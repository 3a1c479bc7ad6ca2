package io.tickethub.tmf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.spi.json.JacksonJsonNodeJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * JSONPath of clients, without what takes long on a small document: regular expressions, functions,
 * and looking everywhere.
 */
final class JsonPaths {

  private static final int LONGEST = 300;
  private static final int MOST_STEPS = 10;
  private static final Pattern STEP = Pattern.compile("\\['([^']*)'\\]|\\[(\\d+)\\]");
  private static final Configuration PLACES =
      Configuration.builder()
          .jsonProvider(new JacksonJsonNodeJsonProvider())
          .mappingProvider(new JacksonMappingProvider())
          .options(Option.AS_PATH_LIST, Option.ALWAYS_RETURN_LIST, Option.SUPPRESS_EXCEPTIONS)
          .build();

  private JsonPaths() {}

  /** Where in a document a path leads, as JSON pointers; in order. */
  static List<String> places(String path, JsonNode document) {
    String whole = path.startsWith("$") ? path : "$." + path;
    check(whole);
    try {
      List<String> places = new ArrayList<>();
      JsonNode found = JsonPath.using(PLACES).parse(document).read(whole);
      if (found instanceof ArrayNode) {
        found.forEach(place -> places.add(pointer(place.asText())));
      }
      return places;
    } catch (InvalidPathException e) {
      throw TmfException.badRequest("'%s' is no JSONPath this interface takes".formatted(path));
    } catch (JsonPathException e) {
      throw TmfException.badRequest(
          "the JSONPath '%s' cannot be followed: %s".formatted(path, e.getMessage()));
    }
  }

  private static void check(String path) {
    boolean tooLong =
        path.length() > LONGEST
            || path.chars().filter(sign -> sign == 91 || sign == 46).count() > MOST_STEPS;
    if (tooLong
        || path.contains("..")
        || path.contains("=~")
        || path.contains("(/")
        || path.matches("(?s).*[a-z]\\(.*")) {
      throw TmfException.badRequest(
          "a JSONPath takes %d characters, no '..', no '=~' and no functions here"
              .formatted(LONGEST));
    }
  }

  private static String pointer(String place) {
    StringBuilder pointer = new StringBuilder();
    for (MatchResult step : STEP.matcher(place).results().toList()) {
      String name = step.group(1) == null ? step.group(2) : step.group(1);
      pointer.append('/').append(name.replace("~", "~0").replace("/", "~1"));
    }
    return pointer.toString();
  }
}
