package io.tickethub.tmf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickethub.tmf.TicketSearch.Found;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.http.ResponseEntity;

/** A part of a list, with how many there are and where the other parts are. */
final class PageAnswer {

  private static final Set<String> PLACES = Set.of("offset", "limit", "before", "after");

  private PageAnswer() {}

  /** {@code resources} are those found, as the client wants to see them. */
  static ResponseEntity<List<ObjectNode>> of(
      HttpServletRequest request, ListQuery query, Found found, List<ObjectNode> resources) {
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.ok()
            .header("X-Total-Count", String.valueOf(found.total()))
            .header("X-Result-Count", String.valueOf(resources.size()));
    List<String> links =
        query.page() == null ? links(request, query, found) : cursors(request, query, found);
    if (!links.isEmpty()) {
      answer.header("Link", String.join(", ", links));
    }
    return answer.body(resources);
  }

  private static List<String> links(HttpServletRequest request, ListQuery query, Found found) {
    List<String> links = new ArrayList<>();
    long total = found.total();
    int limit = query.limit();
    if (limit == 0 || total <= limit && query.offset() == 0) {
      return links;
    }
    long last = Math.min((total - 1) / limit * limit, ListQuery.LARGEST_OFFSET);
    links.add(link(request, "offset=0", limit, "first"));
    if (query.offset() > 0) {
      links.add(link(request, "offset=" + Math.max(0, query.offset() - limit), limit, "prev"));
    }
    int next = query.offset() + limit;
    if (next < total && next <= ListQuery.LARGEST_OFFSET) {
      links.add(link(request, "offset=" + next, limit, "next"));
    } else if (found.next() != null) {
      links.add(link(request, "after=" + found.next().text(), limit, "next"));
    }
    links.add(link(request, "offset=" + Math.max(0, last), limit, "last"));
    return links;
  }

  private static List<String> cursors(HttpServletRequest request, ListQuery query, Found found) {
    List<String> links = new ArrayList<>();
    int limit = query.limit();
    links.add(link(request, "after=", limit, "first"));
    if (found.previous() != null) {
      links.add(link(request, "before=" + found.previous().text(), limit, "prev"));
    }
    if (found.next() != null) {
      links.add(link(request, "after=" + found.next().text(), limit, "next"));
    }
    links.add(link(request, "before=", limit, "last"));
    return links;
  }

  private static String link(HttpServletRequest request, String place, int limit, String relation) {
    StringBuilder query = new StringBuilder();
    String given = request.getQueryString();
    for (String part : given == null ? new String[0] : given.split("&")) {
      if (!part.isEmpty() && !PLACES.contains(part.replaceFirst("=.*", ""))) {
        query.append(part.replace(">", "%3E").replace("<", "%3C")).append('&');
      }
    }
    return "<%s?%s%s&limit=%d>; rel=\"%s\""
        .formatted(request.getRequestURI(), query, place, limit, relation);
  }
}
