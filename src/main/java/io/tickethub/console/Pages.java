package io.tickethub.console;

import io.tickethub.alert.Alerts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** Makes pages of templates. The first page makes the engine: the start does not wait for it. */
@Component
class Pages {

  private static final String SAID = Pages.class.getName() + ".said";

  private final Alerts alerts;
  private final LiveStatus live;
  private final Clock clock;
  private final ZoneId zone;
  private volatile SpringTemplateEngine engine;

  Pages(Alerts alerts, LiveStatus live, Clock clock, @Value("${hub.zone}") ZoneId zone) {
    this.alerts = alerts;
    this.live = live;
    this.clock = clock;
    this.zone = zone;
  }

  /** {@code name}: the template, and the page's place in the navigation. */
  View page(String name, Map<String, ?> model) {
    return page(name, model, 200);
  }

  View page(String name, Map<String, ?> model, int status) {
    return (unused, request, response) -> write(name, model, status, request, response);
  }

  /** Goes on with a page after something was done, and says there what. */
  static View done(HttpServletRequest request, String path, String said) {
    request.getSession().setAttribute(SAID, said);
    return redirect(path);
  }

  static View redirect(String path) {
    RedirectView view = new RedirectView(path);
    view.setStatusCode(org.springframework.http.HttpStatus.SEE_OTHER);
    view.setExpandUriTemplateVariables(false);
    return view;
  }

  private void write(
      String name,
      Map<String, ?> model,
      int status,
      HttpServletRequest request,
      HttpServletResponse response)
      throws java.io.IOException {
    Preferences preferences = Preferences.of(request);
    Map<String, Object> variables = new HashMap<>(model);
    variables.put("page", name);
    variables.put("who", Reader.of(SecurityContextHolder.getContext().getAuthentication()));
    variables.put("f", new Formats(clock, zone, preferences.locale()));
    variables.put("language", preferences.locale().getLanguage());
    variables.put("theme", preferences.theme());
    variables.put("wall", request.getParameter("wall") != null);
    variables.put("here", here(request));
    variables.put("alerts", alerts.open());
    variables.put("deadLetters", live.overview().snapshot().openDeadLetters());
    variables.put("said", said(request));
    if (request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token) {
      variables.put("csrf", token);
    }
    byte[] html =
        engine()
            .process(name, new Context(preferences.locale(), variables))
            .getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType("text/html;charset=UTF-8");
    response.setHeader("Cache-Control", "no-store");
    response.setContentLength(html.length);
    response.getOutputStream().write(html);
  }

  private static String here(HttpServletRequest request) {
    return request.getMethod().equals("GET")
        ? request.getRequestURI()
            + (request.getQueryString() == null ? "" : "?" + request.getQueryString())
        : "/";
  }

  /** Once. */
  private static String said(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session == null || request.getRequestURI().startsWith(ConsoleSecurity.LIVE)) {
      return null;
    }
    Object said = session.getAttribute(SAID);
    session.removeAttribute(SAID);
    return (String) said;
  }

  private SpringTemplateEngine engine() {
    SpringTemplateEngine made = engine;
    if (made == null) {
      synchronized (this) {
        made = engine == null ? make() : engine;
        engine = made;
      }
    }
    return made;
  }

  private static SpringTemplateEngine make() {
    ClassLoaderTemplateResolver templates =
        new ClassLoaderTemplateResolver(Pages.class.getClassLoader());
    templates.setPrefix("io/tickethub/console/");
    templates.setSuffix(".html");
    templates.setTemplateMode(TemplateMode.HTML);
    templates.setCharacterEncoding(StandardCharsets.UTF_8.name());
    ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
    messages.setBasename("io.tickethub.console.messages");
    messages.setDefaultEncoding(StandardCharsets.UTF_8.name());
    messages.setFallbackToSystemLocale(false);
    messages.setDefaultLocale(Locale.ENGLISH);
    messages.setBundleClassLoader(Pages.class.getClassLoader());
    SpringTemplateEngine made = new SpringTemplateEngine();
    made.setTemplateResolver(templates);
    made.setTemplateEngineMessageSource(messages);
    return made;
  }
}
