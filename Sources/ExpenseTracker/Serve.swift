import Glibc
import HTTP
import Platform
import Storage
import Web

/// The web server, until SIGTERM or SIGINT.
enum Serve {
    /// How long requests in flight may take after the signal.
    private static let patience = Duration.seconds(10)
    private static let endingSignals = [SIGTERM, SIGINT]

    static func run(_ configuration: Configuration) throws {
        // Blocked before any thread starts, so that every thread inherits it and the main one alone waits for them.
        Signals.block(endingSignals)
        let log = Log(level: configuration.logLevel)
        let root = try Root.find(configuration)
        // Whatever can stop the start is tried before anything is made.
        let server = try listen(configuration, log)
        let previousSecret = try configuration.previousSecretFile.map {
            path throws(StartError) in try SecretFile.read(path, option: "--previous-secret-file")
        }
        let secretFile = configuration.secretFile ?? configuration.database + ".secret"
        let knownSecret = try SecretFile.readIfThere(secretFile)
        let storage = try Database.open(configuration)
        defer { storage.close() }
        let application = try Application(
            configuration.application, storage: storage, root: root,
            secret: try knownSecret ?? SecretFile.make(secretFile), previousSecret: previousSecret, log: log,
            clock: { Int64(time(nil)) })
        server.start(
            maximumBodySize: { application.maximumBodySize(of: $0) },
            errorResponse: { application.respond(to: $0) }, respond: { application.answer($0) })
        Terminal.print("Expense Tracker is listening on http://\(address(configuration.host)):\(server.port)")

        let signal = Signals.wait(for: endingSignals)
        log.write(.info, "signal \(signal): finishing what is in flight, then stopping")
        // A second signal ends the program at once, as it does by default.
        Signals.unblock(endingSignals)
        server.stop(within: patience)
    }

    private static func listen(_ configuration: Configuration, _ log: Log) throws(StartError) -> Server {
        var settings = Server.Configuration()
        settings.host = configuration.host
        settings.port = configuration.port
        settings.threads = configuration.threads ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        settings.onLog = { log.write(.warning, $0) }
        do {
            return try Server(settings)
        } catch {
            throw StartError("--host \(configuration.host) --port \(configuration.port): \(error)")
        }
    }

    /// An IPv6 address stands in brackets in a URL (RFC 3986 §3.2.2).
    private static func address(_ host: String) -> String {
        host.contains(":") ? "[\(host)]" : host
    }
}
