package io.tickethub.harness;

import io.tickethub.kit.contract.server.TlsIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Collections;

/**
 * The certificate and the key of a store as PEM.
 *
 * @param certificate its file
 * @param key its file; empty where the store has none
 */
public record PemFiles(Path certificate, Path key) {

  /** Writes them, over older ones if there are. */
  public static PemFiles of(TlsIdentity store, Path directory, String name)
      throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance(store.store().toFile(), store.password().toCharArray());
    StringBuilder certificates = new StringBuilder();
    StringBuilder privateKeys = new StringBuilder();
    for (String alias : Collections.list(keys.aliases())) {
      if (keys.isKeyEntry(alias)) {
        privateKeys.append(
            block("PRIVATE KEY", keys.getKey(alias, store.password().toCharArray()).getEncoded()));
        for (Certificate certificate : keys.getCertificateChain(alias)) {
          certificates.append(block("CERTIFICATE", certificate.getEncoded()));
        }
      } else {
        certificates.append(block("CERTIFICATE", keys.getCertificate(alias).getEncoded()));
      }
    }
    PemFiles files =
        new PemFiles(directory.resolve(name + ".pem"), directory.resolve(name + ".key"));
    write(files.key(), privateKeys);
    write(files.certificate(), certificates);
    return files;
  }

  private static String block(String kind, byte[] content) {
    return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
        .formatted(kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content));
  }

  private static void write(Path file, CharSequence content) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(part, content);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
