package io.tickethub.tmf;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Everything under the interface's root that is none of its operations. */
@RestController
class NoOperation {

  private static final String RESOURCES =
      "/tmf-api/troubleTicket/(v[45]/(troubleTicket|hub)|v5/troubleTicketSpecification)(/[^/]+)?";

  @RequestMapping("/tmf-api/troubleTicket/**")
  void refuse(HttpServletRequest request) {
    if (request.getRequestURI().matches(RESOURCES)) {
      throw new TmfException(
          405, "Method Not Allowed", "%s is no operation of it".formatted(request.getMethod()));
    }
    throw TmfException.notFound("there is no such resource");
  }
}
