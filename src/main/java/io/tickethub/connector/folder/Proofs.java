package io.tickethub.connector.folder;

import io.tickethub.connector.folder.ConnectorManifest.Inbound;
import io.tickethub.connector.folder.ConnectorManifest.Setting;
import io.tickethub.connector.folder.ConnectorManifest.Tls;
import io.tickethub.connector.proof.AlternativeName;
import io.tickethub.connector.proof.ApiKey;
import io.tickethub.connector.proof.BearerToken;
import io.tickethub.connector.proof.ClientCertificate;
import io.tickethub.connector.proof.SenderProof;
import io.tickethub.connector.proof.TokenKeys;
import io.tickethub.connector.proof.WebhookSignature;
import io.tickethub.definition.DefinitionException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.jks.JksSslStoreBundle;
import org.springframework.boot.ssl.jks.JksSslStoreDetails;

/** How both sides of a connector's channels prove who they are, as its manifest says. */
final class Proofs {

  private final Path file;
  private final ConnectorManifest manifest;

  /** {@code file} is that of the manifest. */
  Proofs(Path file, ConnectorManifest manifest) {
    this.file = file;
    this.manifest = manifest;
  }

  /** What a channel's sender has to show; what costs most to check comes last. */
  List<SenderProof> of(Inbound form, Map<String, String> settings) {
    return Stream.<Optional<? extends SenderProof>>of(
            clientCertificate(form.clientCertificate(), settings),
            apiKey(form.apiKey(), settings),
            bearerToken(form.bearerToken(), settings),
            signature(form.signature(), settings))
        .<SenderProof>flatMap(Optional::stream)
        .toList();
  }

  Optional<WebhookSignature> signature(
      ConnectorManifest.Signature form, Map<String, String> settings) {
    if (form == null) {
      return Optional.empty();
    }
    checkSecret("signature", form.secret());
    return Optional.of(
        new WebhookSignature(
            new WebhookSignature.Form(form.header(), form.timestamp(), form.id(), form.window()),
            settings.get(form.secret())));
  }

  Optional<ApiKey> apiKey(ConnectorManifest.ApiKey form, Map<String, String> settings) {
    if (form == null) {
      return Optional.empty();
    }
    checkSecret("api-key", form.secret());
    return Optional.of(new ApiKey(form.header(), settings.get(form.secret())));
  }

  private Optional<ClientCertificate> clientCertificate(
      ConnectorManifest.ClientCertificate form, Map<String, String> settings) {
    if (form == null) {
      return Optional.empty();
    }
    Values values = new Values("client-certificate", settings);
    return Optional.of(
        new ClientCertificate(
            values.read("subject", form.subject(), X500Principal::new),
            values.read("alternative-name", form.alternativeName(), AlternativeName::of)));
  }

  private Optional<BearerToken> bearerToken(
      ConnectorManifest.BearerToken form, Map<String, String> settings) {
    if (form == null) {
      return Optional.empty();
    }
    Values values = new Values("bearer-token", settings);
    Set<String> scopes = values.read("scope", form.scope(), Proofs::scopes);
    BearerToken.Form wanted =
        new BearerToken.Form(
            values.read("issuer", form.issuer(), text -> text),
            values.read("audience", form.audience(), text -> text),
            scopes == null ? Set.of() : scopes,
            values.read("subject", form.subject(), text -> text));
    TokenKeys keys =
        values.read(
            "keys",
            form.keys(),
            text -> new TokenKeys(manifest.name(), URI.create(text), () -> tls(settings)));
    return Optional.of(new BearerToken(wanted, keys));
  }

  /** RFC 6749, appendix A.4. */
  private static Set<String> scopes(String text) {
    if (!text.matches("[\\x21\\x23-\\x5B\\x5D-\\x7E]+( [\\x21\\x23-\\x5B\\x5D-\\x7E]+)*")) {
      throw new IllegalArgumentException("scopes are divided by one blank and have no quotes");
    }
    return Set.of(text.split(" "));
  }

  /** What the manifest's {@code tls} shows and trusts; read anew, for files change. */
  private SSLContext tls(Map<String, String> settings) {
    Tls tls = manifest.tls();
    if (tls == null) {
      return SslBundle.systemDefault().createSslContext();
    }
    return SslBundle.of(
            new JksSslStoreBundle(
                store(tls.certificate(), tls.certificatePassword(), settings),
                store(tls.trust(), tls.trustPassword(), settings)))
        .createSslContext();
  }

  private JksSslStoreDetails store(String file, String password, Map<String, String> settings) {
    if (file == null) {
      return null;
    }
    String path = filled(file, settings);
    String type = path.toLowerCase(Locale.ROOT).endsWith(".jks") ? "JKS" : "PKCS12";
    return new JksSslStoreDetails(type, null, "file:" + path, filled(password, settings));
  }

  private String filled(String text, Map<String, String> settings) {
    return Placeholders.fill(
        text,
        settings,
        name -> new DefinitionException("%s: '{{%s}}' is no setting".formatted(file, name)));
  }

  /** Values of a key, with the settings in them. */
  private final class Values {
    private final String key;
    private final Map<String, String> settings;

    private Values(String key, Map<String, String> settings) {
      this.key = key;
      this.settings = settings;
    }

    /** Null for null. */
    private <T> T read(String name, String text, Function<String, T> reading) {
      if (text == null) {
        return null;
      }
      String value = filled(text, settings);
      try {
        if (value.isBlank()) {
          throw new IllegalArgumentException("it is empty");
        }
        return reading.apply(value);
      } catch (IllegalArgumentException e) {
        throw new DefinitionException(
            "%s: %s: %s cannot be '%s': %s".formatted(file, key, name, text, e.getMessage()), e);
      }
    }
  }

  /** Throws unless there is a setting of type secret of this name. */
  void checkSecret(String key, String name) {
    Setting setting = manifest.settings().get(name);
    if (setting == null || setting.type() != Setting.Type.SECRET) {
      throw new DefinitionException(
          "%s: %s: '%s' is no setting of type secret".formatted(file, key, name));
    }
  }
}
