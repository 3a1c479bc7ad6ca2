package io.tickethub.tmf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.ResponseEntity;

/** A part of a list, with how many there are and where the other parts are. */
final class PageAnswer {

  private PageAnswer() {}

  static ResponseEntity<List<ObjectNode>> of(
      HttpServletRequest request, ListQuery query, long total, List<ObjectNode> resources) {
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.ok()
            .header("X-Total-Count", String.valueOf(total))
            .header("X-Result-Count", String.valueOf(resources.size()));
    List<String> links = links(request, query, total);
    if (!links.isEmpty()) {
      answer.header("Link", String.join(", ", links));
    }
    return answer.body(resources);
  }

  private static List<String> links(HttpServletRequest request, ListQuery query, long total) {
    List<String> links = new ArrayList<>();
    int limit = query.limit();
    if (limit == 0 || total <= limit && query.offset() == 0) {
      return links;
    }
    long last = Math.min((total - 1) / limit * limit, ListQuery.LARGEST_OFFSET);
    links.add(link(request, 0, limit, "first"));
    if (query.offset() > 0) {
      links.add(link(request, Math.max(0, query.offset() - limit), limit, "prev"));
    }
    if (query.offset() + limit < total && query.offset() + limit <= ListQuery.LARGEST_OFFSET) {
      links.add(link(request, query.offset() + limit, limit, "next"));
    }
    links.add(link(request, Math.max(0, last), limit, "last"));
    return links;
  }

  private static String link(HttpServletRequest request, long offset, int limit, String relation) {
    StringBuilder query = new StringBuilder();
    String given = request.getQueryString();
    for (String part : given == null ? new String[0] : given.split("&")) {
      if (!part.isEmpty() && !part.startsWith("offset=") && !part.startsWith("limit=")) {
        query.append(part.replace(">", "%3E").replace("<", "%3C")).append('&');
      }
    }
    return "<%s?%soffset=%d&limit=%d>; rel=\"%s\""
        .formatted(request.getRequestURI(), query, offset, limit, relation);
  }
}
