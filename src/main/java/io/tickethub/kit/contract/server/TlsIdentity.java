package io.tickethub.kit.contract.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A fresh certificate of 127.0.0.1 with its key, in a PKCS#12 file that also serves to trust it.
 *
 * @param store the file
 * @param password of the file and the key
 */
public record TlsIdentity(Path store, String password) {

  /** Makes one in a file that is not there yet. */
  public static TlsIdentity make(Path store) {
    String password = UUID.randomUUID().toString();
    keytool(
        List.of(
            "-genkeypair",
            "-alias",
            "system",
            "-dname",
            "CN=127.0.0.1",
            "-ext",
            "san=ip:127.0.0.1"),
        store,
        password);
    return new TlsIdentity(store, password);
  }

  /** Lets the Java's own tool work on a PKCS#12 file. */
  static void keytool(List<String> arguments, Path store, String password) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(arguments);
    command.addAll(List.of("-keyalg", "EC", "-storetype", "PKCS12"));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", password));
    try {
      Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(keytool.getInputStream().readAllBytes());
      if (keytool.waitFor() != 0) {
        throw new IOException("keytool makes no certificate: " + said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A context of {@code self}: shows it, and trusts this one alone. */
  public SSLContext trustedBy(TlsIdentity self) {
    try {
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(self.keys(), self.password.toCharArray());
      return context(keys.getKeyManagers());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A context that shows nothing, and trusts this one alone. */
  public SSLContext trusted() {
    try {
      return context(null);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private SSLContext context(KeyManager[] shown) throws GeneralSecurityException {
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(keys());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(shown, trust.getTrustManagers(), null);
    return context;
  }

  private KeyStore keys() throws GeneralSecurityException {
    return load(store, password);
  }

  /** The content of a PKCS#12 file; empty for null. */
  static KeyStore load(Path store, String password) throws GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = store == null ? null : Files.newInputStream(store)) {
      keys.load(in, password.toCharArray());
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
