package io.tickethub.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Login, and what everybody may choose. */
@Lazy
@Controller
class EntrancePage {

  /** A path on this hub. */
  private static final Pattern PATH = Pattern.compile("/([A-Za-z0-9?][^\\p{Cntrl}\\\\]{0,500})?");

  private static final List<String> REASONS =
      List.of("locked", "failed", "no-role", "provider", "out");

  private final Pages pages;

  private final ProviderChoice provider;

  EntrancePage(Pages pages, ProviderChoice provider) {
    this.pages = pages;
    this.provider = provider;
  }

  @GetMapping("/login")
  View login(HttpServletRequest request) {
    String why =
        REASONS.stream().filter(one -> request.getParameter(one) != null).findFirst().orElse("");
    return pages.page("login", Map.of("why", why, "provider", provider.login().isPresent()));
  }

  /** On to the identity provider, if it answers. */
  @GetMapping("/login/provider")
  View provider() {
    return Pages.redirect(
        provider.login().filter(ProviderLogin::isReady).isPresent()
            ? "/oauth2/authorization/" + IdentityProvider.ID
            : "/login?provider");
  }

  @GetMapping("/console/preferences")
  View prefer(
      @RequestParam Optional<String> language,
      @RequestParam Optional<String> theme,
      @RequestParam(defaultValue = "/") String back,
      HttpServletRequest request,
      HttpServletResponse response) {
    language
        .filter(Preferences.LANGUAGES::contains)
        .ifPresent(
            value ->
                response.addCookie(
                    Preferences.cookie(Preferences.LANGUAGE, value, request.isSecure())));
    theme
        .filter(Preferences.THEMES::contains)
        .ifPresent(
            value ->
                response.addCookie(
                    Preferences.cookie(Preferences.THEME, value, request.isSecure())));
    return Pages.redirect(PATH.matcher(back).matches() ? back : "/");
  }
}
