package io.tickethub.kit.contract.server;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** Signs access tokens and tells its public keys; and forges some. */
public final class TokenServer implements AutoCloseable {

  private static final int BITS = 2048;
  private static final String PATH = "/keys";

  private final RSAKey key = key(UUID.randomUUID().toString());
  private final WebServer web;

  /** Opens a port. */
  public TokenServer() {
    byte[] keys = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
    WebServer.Reply reply = new WebServer.Reply(200, "application/json", keys, true, true);
    this.web = new WebServer(request -> reply, null);
  }

  /** Where its keys are. */
  public URI keys() {
    return web.url().resolve(PATH);
  }

  /** How often they were asked for. */
  public List<Received> received() {
    return web.received();
  }

  /** Takes requests and answers none. */
  public void silent() {
    web.mood(Mood.SILENT);
  }

  public void down() {
    web.down();
  }

  public void up() {
    web.up();
  }

  public String signed(JWTClaimsSet claims) {
    return signed(claims, key);
  }

  /** With another key that is said to be this server's. */
  public String signedBySomebody(JWTClaimsSet claims) {
    return signed(claims, key(key.getKeyID()));
  }

  /** With a key that nobody heard of. */
  public String signedWithNewKey(JWTClaimsSet claims) {
    return signed(claims, key(UUID.randomUUID().toString()));
  }

  /** The algorithm is {@code none}. */
  public String unsigned(JWTClaimsSet claims) {
    return new PlainJWT(claims).serialize();
  }

  /** HMAC, with what everybody knows of the key as its secret. */
  public String confused(JWTClaimsSet claims) {
    try {
      SignedJWT token = new SignedJWT(header(JWSAlgorithm.HS256, key), claims);
      token.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String signed(JWTClaimsSet claims, RSAKey with) {
    try {
      SignedJWT token = new SignedJWT(header(JWSAlgorithm.RS256, with), claims);
      token.sign(new RSASSASigner(with));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JWSHeader header(JWSAlgorithm algorithm, RSAKey key) {
    return new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build();
  }

  private static RSAKey key(String id) {
    try {
      return new RSAKeyGenerator(BITS).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    web.close();
  }
}
