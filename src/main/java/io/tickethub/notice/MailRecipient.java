package io.tickethub.notice;

import io.tickethub.notice.NoticeProperties.Mail;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Properties;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** People who get mail. */
final class MailRecipient implements Recipient {

  private static final String PATIENCE = "10000";

  private final JavaMailSenderImpl sender = new JavaMailSenderImpl();
  private final InternetAddress from;
  private final InternetAddress[] to;

  /** Throws {@link IllegalArgumentException} if an address is none. */
  MailRecipient(String key, Mail mail, String password) {
    this.from = address(key + ".from", mail.from());
    this.to =
        mail.to().stream().map(text -> address(key + ".to", text)).toArray(InternetAddress[]::new);
    sender.setHost(mail.host());
    sender.setPort(mail.port());
    sender.setUsername(mail.username());
    sender.setPassword(password);
    Properties properties = sender.getJavaMailProperties();
    properties.setProperty("mail.smtp.connectiontimeout", PATIENCE);
    properties.setProperty("mail.smtp.timeout", PATIENCE);
    properties.setProperty("mail.smtp.writetimeout", PATIENCE);
    properties.setProperty("mail.smtp.auth", Boolean.toString(mail.username() != null));
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    switch (mail.tls()) {
      case "none" -> properties.setProperty("mail.smtp.starttls.enable", "false");
      case "starttls" -> {
        properties.setProperty("mail.smtp.starttls.enable", "true");
        properties.setProperty("mail.smtp.starttls.required", "true");
      }
      case "tls" -> properties.setProperty("mail.smtp.ssl.enable", "true");
      default ->
          throw new IllegalArgumentException(
              "%s.tls: '%s' is none of none, starttls, tls".formatted(key, mail.tls()));
    }
  }

  private static InternetAddress address(String key, String text) {
    try {
      return new InternetAddress(text == null ? "" : text, true);
    } catch (MessagingException e) {
      throw new IllegalArgumentException("%s: '%s' is no address".formatted(key, text), e);
    }
  }

  @Override
  public String kind() {
    return "mail";
  }

  @Override
  public void tell(String key, long id, AlertMessage message) throws NotTakenException {
    try {
      MimeMessage mail = new NamedMail(sender.getSession(), messageId(key));
      mail.setFrom(from);
      mail.setRecipients(MimeMessage.RecipientType.TO, to);
      mail.setSubject(message.title(), StandardCharsets.UTF_8.name());
      mail.setText(message.text() + "\n", StandardCharsets.UTF_8.name());
      mail.setSentDate(Date.from(message.at()));
      mail.setHeader("Auto-Submitted", "auto-generated");
      sender.send(mail);
    } catch (MailAuthenticationException e) {
      throw new NotTakenException("the mail server refuses the hub's user and password", e);
    } catch (MailException | MessagingException e) {
      throw new NotTakenException("the mail server does not take it: " + reason(e), e);
    }
  }

  private String messageId(String key) {
    return "<%s@%s>".formatted(key, from.getAddress().replaceFirst(".*@", ""));
  }

  private static String reason(Exception e) {
    Throwable root = e;
    while (root.getCause() != null && !(root instanceof AuthenticationFailedException)) {
      root = root.getCause();
    }
    return SafeText.of(
        root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage());
  }

  /** Has the same id at every attempt. */
  private static final class NamedMail extends MimeMessage {

    private final String id;

    private NamedMail(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }
}
