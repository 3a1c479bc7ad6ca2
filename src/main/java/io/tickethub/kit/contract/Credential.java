package io.tickethub.kit.contract;

import io.tickethub.connector.proof.ApiKey;
import io.tickethub.connector.proof.BearerToken;
import io.tickethub.connector.proof.ClientCertificate;
import io.tickethub.connector.proof.SenderProof;
import io.tickethub.connector.proof.WebhookSignature;
import io.tickethub.kit.contract.Sender.Told;
import io.tickethub.kit.contract.server.TlsIdentity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What the suite has to show where a channel asks for a proof, and what others have. */
interface Credential {

  /**
   * What a request shows.
   *
   * @param certificate null for none
   */
  record Shown(Map<String, String> headers, TlsIdentity certificate) {

    static final Shown NOTHING = new Shown(Map.of(), null);

    static Shown headers(Map<String, String> headers) {
      return new Shown(headers, null);
    }

    /** All of both. */
    Shown and(Shown other) {
      Map<String, String> all = new TreeMap<>(headers);
      all.putAll(other.headers);
      return new Shown(all, certificate == null ? other.certificate : certificate);
    }
  }

  /**
   * What somebody else shows.
   *
   * @param what it is, for people
   * @param status what the hub has to answer
   * @param meanwhile how it is sent
   */
  record False(String what, Shown shown, int status, UnaryOperator<Supplier<Told>> meanwhile) {

    False(String what, Shown shown, int status) {
      this(what, shown, status, UnaryOperator.identity());
    }

    static False unauthenticated(String what, Shown shown) {
      return new False(what, shown, 401);
    }
  }

  /** The manifest's key that asks for it. */
  String key();

  /** What the sender of this message shows. */
  Shown of(byte[] body);

  /** What others show with it. */
  List<False> others(byte[] body);

  /** The suite's own for a proof. */
  static Credential of(SenderProof proof, Stage stage, HubHolder hub) {
    if (proof instanceof WebhookSignature signature) {
      return new SignatureCredential(signature, hub);
    }
    if (proof instanceof ApiKey key) {
      return new ApiKeyCredential(key);
    }
    if (proof instanceof ClientCertificate certificate) {
      return new CertificateCredential(certificate, hub);
    }
    if (proof instanceof BearerToken token) {
      return new TokenCredential(token, stage.tokens(), hub);
    }
    throw new NotApplicableException("the suite has no " + proof.key());
  }
}
