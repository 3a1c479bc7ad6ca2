package io.tickethub.console;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code hub.operations.oidc}: the identity provider that knows people.
 *
 * @param issuer its URL; empty for none
 * @param clientSecret where it is, {@code env:NAME} or {@code file:PATH}
 * @param baseUrl what browsers call the hub by; empty for what they asked
 * @param nameClaim what somebody is called by in the audit
 * @param rolesClaim the claim of the ID token that says what somebody is; dots lead into objects
 * @param roles value of that claim → role of the hub
 * @param connectors value of that claim → connectors to which its role is limited
 * @param lasts after so long one has to log in again, whatever was done
 */
@ConfigurationProperties("hub.operations.oidc")
record ProviderProperties(
    @DefaultValue("") String issuer,
    @DefaultValue("") String clientId,
    @DefaultValue("") String clientSecret,
    @DefaultValue("") String baseUrl,
    @DefaultValue({"openid", "profile"}) List<String> scopes,
    @DefaultValue("preferred_username") String nameClaim,
    @DefaultValue("roles") String rolesClaim,
    @DefaultValue Map<String, String> roles,
    @DefaultValue Map<String, Set<String>> connectors,
    @DefaultValue("12h") Duration lasts) {

  boolean isGiven() {
    return !issuer.isBlank();
  }
}
