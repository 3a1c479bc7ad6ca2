package io.tickethub.console;

import java.util.Optional;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;

/** Whether people can log in by an identity provider; Spring asks it how to read ID tokens. */
record ProviderChoice(Optional<ProviderLogin> login)
    implements JwtDecoderFactory<ClientRegistration> {

  @Override
  public JwtDecoder createDecoder(ClientRegistration registration) {
    return login
        .map(found -> found.createDecoder(registration))
        .orElseGet(() -> new OidcIdTokenDecoderFactory().createDecoder(registration));
  }
}
