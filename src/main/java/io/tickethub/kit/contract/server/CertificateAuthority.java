package io.tickethub.kit.contract.server;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Gives out certificates. */
public final class CertificateAuthority {

  private static final String ALIAS = "authority";

  private final Path directory;
  private final Path store;
  private final String password = UUID.randomUUID().toString();

  /** {@code directory} is there, and keeps what it gives out. */
  public CertificateAuthority(Path directory) {
    this.directory = directory;
    this.store = directory.resolve(ALIAS + ".p12");
    TlsIdentity.keytool(
        List.of("-genkeypair", "-alias", ALIAS, "-dname", "CN=contract authority", "-ext", "bc:c"),
        store,
        password);
  }

  /** What it takes to trust its certificates: a store with no key in it. */
  public TlsIdentity trust() {
    try {
      KeyStore trust = TlsIdentity.load(null, password);
      trust.setCertificateEntry(ALIAS, TlsIdentity.load(store, password).getCertificate(ALIAS));
      return written("trust", trust);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Makes a certificate.
   *
   * @param name of its file
   * @param subject a distinguished name
   * @param alternativeName as {@code dns:NAME}; null for none
   */
  public TlsIdentity issue(String name, String subject, String alternativeName) {
    List<String> arguments =
        new ArrayList<>(
            List.of("-genkeypair", "-alias", name, "-dname", subject, "-signer", ALIAS));
    if (alternativeName != null) {
      arguments.addAll(List.of("-ext", "san=" + alternativeName));
    }
    TlsIdentity.keytool(arguments, store, password);
    try {
      KeyStore all = TlsIdentity.load(store, password);
      Certificate[] chain = all.getCertificateChain(name);
      KeyStore own = TlsIdentity.load(null, password);
      own.setKeyEntry(
          name, all.getKey(name, password.toCharArray()), password.toCharArray(), chain);
      return written(name, own);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private TlsIdentity written(String name, KeyStore keys) {
    Path file = directory.resolve(name + ".p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      keys.store(out, password.toCharArray());
      return new TlsIdentity(file, password);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
