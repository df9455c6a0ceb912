package dev.assent.reconcile.notification;

import dev.assent.configuration.NotificationSettings.Medium.Email;
import dev.assent.reconcile.Carrier;
import dev.assent.reconcile.CarryException;
import dev.assent.state.Outbox.Letter;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.util.MailConnectException;

/// Sends what a letter comes to as a plain text by SMTP.
final class MailCarrier implements Carrier {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Email email;
    private final Wording wording;

    MailCarrier(Email email, Wording wording) {
        this.email = email;
        this.wording = wording;
    }

    @Override
    public Optional<String> carry(Letter letter) throws CarryException {
        var news = News.read(letter.body());
        if (news.isEmpty()) throw CarryException.forEver("it was written by another version");
        var smtp = email.smtp();
        var session = Session.getInstance(properties());
        try (var transport = session.getTransport("smtp")) {
            var message = message(session, letter, news.get());
            if (smtp.user().isPresent()) {
                var password = SecretFiles.read(smtp.passwordFile().orElseThrow());
                transport.connect(smtp.user().get(), password.reveal());
            } else {
                transport.connect();
            }
            transport.sendMessage(message, message.getAllRecipients());
            return Optional.empty();
        } catch (MessagingException e) {
            throw failure(e);
        }
    }

    private MimeMessage message(Session session, Letter letter, News news)
            throws MessagingException {
        var message = new Named(session, "<%s@assent>".formatted(MessageId.of(letter)));
        message.setFrom(new InternetAddress(email.from(), true));
        for (var to : email.to()) {
            message.addRecipient(RecipientType.TO, new InternetAddress(to, true));
        }
        // Names in it are letters, digits and dots, so no line ends within.
        message.setSubject(
                Wording.subject(news).replaceAll("\\p{Cntrl}", " "), StandardCharsets.UTF_8.name());
        message.setText(wording.text(news, it -> it) + link(news), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(news.at()));
        // So that no holiday notice answers.
        message.setHeader("Auto-Submitted", "auto-generated");
        return message;
    }

    private String link(News news) {
        if (wording.template().isPresent()) return "\n";
        return wording.url(news).map(it -> "\n\n" + it + "\n").orElse("\n");
    }

    /// A message that keeps its id, however often it is sent.
    private static final class Named extends MimeMessage {

        private final String id;

        private Named(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }

    private Properties properties() {
        var smtp = email.smtp();
        var properties = new Properties();
        properties.setProperty("mail.smtp.host", smtp.host());
        properties.setProperty("mail.smtp.port", Integer.toString(smtp.port()));
        properties.setProperty("mail.smtp.auth", Boolean.toString(smtp.user().isPresent()));
        // What some don't take, the others still get.
        properties.setProperty("mail.smtp.sendpartial", "true");
        var patience = Long.toString(PATIENCE.toMillis());
        properties.setProperty("mail.smtp.connectiontimeout", patience);
        properties.setProperty("mail.smtp.timeout", patience);
        properties.setProperty("mail.smtp.writetimeout", patience);
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        switch (smtp.tls()) {
            case NONE -> {}
            case STARTTLS -> {
                properties.setProperty("mail.smtp.starttls.enable", "true");
                properties.setProperty("mail.smtp.starttls.required", "true");
            }
            case IMPLICIT -> properties.setProperty("mail.smtp.ssl.enable", "true");
        }
        return properties;
    }

    /// In our words: what a server says may quote what it was told.
    private static CarryException failure(MessagingException e) {
        return switch (e) {
            case AuthenticationFailedException _ ->
                    CarryException.passing("the mail server does not take user and password");
            case MailConnectException _ -> CarryException.passing("no mail server answers");
            case SMTPSendFailedException it when it.getReturnCode() >= 500 -> refused(it);
            case SendFailedException it
                    when it.getValidSentAddresses() != null
                            && it.getValidSentAddresses().length > 0 ->
                    refused(it);
            case SendFailedException _ ->
                    CarryException.passing("the mail server does not take it now");
            default -> CarryException.uncertain("the mail could not be handed over");
        };
    }

    private static CarryException refused(SendFailedException e) {
        var some = e.getValidSentAddresses() != null && e.getValidSentAddresses().length > 0;
        return CarryException.forEver(
                some
                        ? "the mail server takes it for some of the addresses only"
                        : "the mail server refuses it");
    }
}
