package io.tickethub.kit.contract.server;

import javax.net.ssl.SSLContext;

/**
 * What a server shows by TLS and whom it lets in.
 *
 * @param own its certificate, which its clients trust, and the only one it trusts of theirs
 * @param foreign the certificate of whoever takes its place
 * @param asksClients whether a client has to show a certificate
 * @param implicit whether an FTP server speaks TLS from the first byte
 */
public record ServerTls(
    TlsIdentity own, TlsIdentity foreign, boolean asksClients, boolean implicit) {

  SSLContext context(Mood mood) {
    return own.trustedBy(mood == Mood.IMPERSONATED ? foreign : own);
  }

  TlsIdentity shown(Mood mood) {
    return mood == Mood.IMPERSONATED ? foreign : own;
  }
}
