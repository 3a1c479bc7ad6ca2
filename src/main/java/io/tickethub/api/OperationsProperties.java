package io.tickethub.api;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code hub.operations}: files that hold tokens, made at the first start, readable by the hub's
 * user only.
 *
 * @param token of operators: everything but personal data
 * @param privacyToken of who may also see personal data; each use is audited
 */
@ConfigurationProperties("hub.operations")
public record OperationsProperties(
    @DefaultValue("data/keys/operator-token") Path token,
    @DefaultValue("data/keys/privacy-token") Path privacyToken) {}
