package dev.assent.http;

import dev.assent.http.api.Wire;
import dev.assent.observation.Observation.Answered;
import dev.assent.observation.Observer;
import dev.assent.systemd.OpenedSocket;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.json.JavalinJackson3;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// The daemon's door: REST API and health over HTTP.
public final class RestServer implements AutoCloseable {

    /// A token that lists a person's groups is long.
    private static final int LARGEST_HEADERS = 24 * 1024;

    private final Javalin javalin;
    private final ProgressRoute progress;
    private final Listen listen;
    private final Optional<OpenedSocket> opened;

    private RestServer(
            Javalin javalin, ProgressRoute progress, Listen listen, Optional<OpenedSocket> opened) {
        this.javalin = javalin;
        this.progress = progress;
        this.listen = listen;
        this.opened = opened;
    }

    /// Loads what a server needs, some hundred classes, for a start that has time for it.
    public static void prepare() {
        Javalin.create(it -> it.jsonMapper(new JavalinJackson3(Wire.MAPPER, false)));
    }

    /// Opens the door to who bears the admin token or one of those in the record.
    ///
    /// @param names host names that it is known by, beside `localhost` and the one it listens at
    /// @throws ListenException if the port is taken or may not be used
    public static RestServer start(Listen listen, Set<String> names, AdminToken token, Desk desk) {
        var access = Access.of(names, token);
        return start(listen, () -> access, desk);
    }

    /// Opens the door.
    ///
    /// @param access how one comes in now; it is asked each time
    /// @throws ListenException if the port is taken or may not be used
    public static RestServer start(Listen listen, Supplier<Access> access, Desk desk) {
        return start(listen, Optional.empty(), access, desk, Observer.NOBODY);
    }

    /// Opens the door, or stands behind one that systemd has opened.
    ///
    /// @param listen where; of an opened one, where it was opened
    /// @param access how one comes in now; it is asked each time
    /// @param observer is told of each request
    /// @throws ListenException if the port is taken or may not be used
    public static RestServer start(
            Listen listen,
            Optional<OpenedSocket> opened,
            Supplier<Access> access,
            Desk desk,
            Observer observer) {
        var progress = new ProgressRoute(desk);
        var gate = new Gate(access, listen.host(), desk);
        var javalin =
                Javalin.create(it -> {
                    configure(it);
                    opened.ifPresent(socket ->
                            it.jetty.addConnector(
                                    (server, http) -> new OpenedConnector(server, http, socket)));
                    it.requestLogger.http((context, time) -> tell(observer, context, time));
                    register(it.routes, gate, access, desk, progress);
                });
        try {
            javalin.start(listen.host(), listen.port());
        } catch (JavalinBindException e) {
            javalin.stop();
            throw new ListenException(
                    "could not listen at " + listen,
                    "another daemon may be running there; give --listen HOST:PORT another port, or"
                            + " 0 for any that is free",
                    e);
        }
        return new RestServer(javalin, progress, new Listen(listen.host(), javalin.port()), opened);
    }

    /// The base URL at which programs of this machine reach it.
    public URI url() {
        return listen.url();
    }

    /// Closes the door: who waits for progress gets an answer first.
    @Override
    public void close() {
        progress.close();
        javalin.stop();
        opened.ifPresent(RestServer::close);
    }

    private static void close(OpenedSocket opened) {
        try {
            opened.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Javalin javalin() {
        return javalin;
    }

    private static void tell(Observer observer, Context context, float milliseconds) {
        var route =
                Optional.ofNullable(context.endpoints().matchedHttpEndpoint())
                        .map(it -> it.path)
                        .orElse("");
        observer.saw(
                new Answered(
                        context.method().name(),
                        route,
                        context.statusCode(),
                        Duration.ofNanos((long) (milliseconds * 1e6))));
    }

    private static void configure(JavalinConfig config) {
        config.concurrency.useVirtualThreads = false;
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.jsonMapper(new JavalinJackson3(Wire.MAPPER, true));
        config.jetty.modifyHttpConfiguration(it -> {
            it.setSendServerVersion(false);
            it.setRequestHeaderSize(LARGEST_HEADERS);
        });
        config.jetty.modifyServer(it -> {
            it.setErrorHandler(new JettyErrors());
            it.setStopTimeout(2000);
        });
    }

    private static void register(
            RoutesConfig routes,
            Gate gate,
            Supplier<Access> access,
            Desk desk,
            ProgressRoute progress) {
        routes.before(Gate::addSecurityHeaders);
        routes.before(gate::checkHost);
        routes.before("/api/*", gate::checkToken);
        routes.beforeMatched("/api/*", Gate::checkScope);
        routes.beforeMatched("/api/*", Greeting::addVersion);
        routes.before(MetricsRoute.PATH, new MetricsGate(access, gate)::check);
        new HealthRoutes(desk).register(routes);
        new MetricsRoute(desk).register(routes);
        new StatusRoutes(desk).register(routes);
        new PlanRoutes(desk).register(routes);
        new StepRoutes(desk).register(routes);
        new HeadRoutes(desk).register(routes);
        new RequestRoutes(desk).register(routes);
        progress.register(routes);
        new AccountRoutes(desk).register(routes);
        new VariableRoutes(desk).register(routes);
        new ExternalRoutes(desk).register(routes);
        new HistoryRoutes(desk).register(routes);
        new TokenRoutes(desk).register(routes);
        new ArchiveRoutes(desk).register(routes);
        new WebhookRoute(access).register(routes);
        new ConfigurationRoutes(desk).register(routes);
        new OpenApiRoute().register(routes);
        Failures.register(routes);
    }
}
