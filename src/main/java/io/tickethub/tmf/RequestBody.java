package io.tickethub.tmf;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Set;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * A body as it came, and the JSON in it.
 *
 * @param mediaType without parameters
 */
record RequestBody(byte[] bytes, JsonNode json, String mediaType) {

  private static final int MOST_BYTES = 128 << 10;
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(40)
                          .maxNumberLength(100)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /** {@code allowed} are the media types that are taken. */
  static RequestBody read(HttpServletRequest request, Set<String> allowed) throws IOException {
    String mediaType = mediaType(request.getContentType());
    if (!allowed.contains(mediaType)) {
      throw new TmfException(
          415,
          "Unsupported Media Type",
          "send one of %s".formatted(allowed.stream().sorted().toList()));
    }
    byte[] bytes = request.getInputStream().readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new TmfException(
          413, "Payload Too Large", "a body has %d bytes at most".formatted(MOST_BYTES));
    }
    try {
      JsonNode json = JSON.readTree(bytes);
      if (json == null || json.isMissingNode()) {
        throw TmfException.badRequest("the body is empty");
      }
      return new RequestBody(bytes, json, mediaType);
    } catch (IOException e) {
      throw TmfException.badRequest("the body is no JSON this interface takes: " + firstLine(e));
    }
  }

  private static String mediaType(String contentType) {
    try {
      MediaType type = MediaType.parseMediaType(contentType == null ? "" : contentType);
      return type.getType() + "/" + type.getSubtype();
    } catch (InvalidMediaTypeException e) {
      return "";
    }
  }

  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /** The body, which has to be an object. */
  ObjectNode object() {
    if (json instanceof ObjectNode object) {
      return object;
    }
    throw TmfException.badRequest("the body has to be an object");
  }
}
