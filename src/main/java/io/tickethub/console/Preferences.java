package io.tickethub.console;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.springframework.web.util.WebUtils;

/**
 * What a reader chose.
 *
 * @param theme auto, light or dark
 */
record Preferences(Locale locale, String theme) {

  static final String LANGUAGE = "hub-language";
  static final String THEME = "hub-theme";
  static final List<String> LANGUAGES = List.of("zh", "en");
  static final List<String> THEMES = List.of("auto", "light", "dark");

  static Preferences of(HttpServletRequest request) {
    String language = chosen(request, LANGUAGE, LANGUAGES);
    String theme = chosen(request, THEME, THEMES);
    return new Preferences(
        language == null ? asked(request) : Locale.forLanguageTag(language),
        theme == null ? "auto" : theme);
  }

  private static Locale asked(HttpServletRequest request) {
    return java.util.Collections.list(request.getLocales()).stream()
        .filter(locale -> LANGUAGES.contains(locale.getLanguage()))
        .map(locale -> Locale.forLanguageTag(locale.getLanguage()))
        .findFirst()
        .orElse(Locale.ENGLISH);
  }

  private static String chosen(HttpServletRequest request, String name, List<String> known) {
    Cookie cookie = WebUtils.getCookie(request, name);
    return cookie != null && known.contains(cookie.getValue()) ? cookie.getValue() : null;
  }

  /** Keeps a choice, for a year. */
  static Cookie cookie(String name, String value, boolean secure) {
    Cookie cookie = new Cookie(name, value);
    cookie.setPath("/");
    cookie.setMaxAge(365 * 24 * 3600);
    cookie.setHttpOnly(true);
    cookie.setSecure(secure);
    cookie.setAttribute("SameSite", "Strict");
    return cookie;
  }
}
