package dev.assent.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;

/// The one door from whoever logs to what is written: an [Entry] is made of each event, and with that
/// it is free of secrets.
final class OneAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

    private final Form form;

    OneAppender(Form form) {
        this.form = form;
    }

    @Override
    protected void append(ILoggingEvent event) {
        form.write(Entry.of(event));
    }
}
