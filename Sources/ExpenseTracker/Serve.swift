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
        Memory.shareArenas()
        // Blocked before any thread starts, so that every thread inherits it and the main one alone waits for them.
        let supervisor = Supervisor(Environment.variable)
        // Without a certificate there is nothing to read again, and a terminal that is closed ends the program.
        let signals = endingSignals + (configuration.certificate != nil || supervisor != nil ? [SIGHUP] : [])
        Signals.block(signals)
        let log = Log(level: configuration.logLevel, format: configuration.logFormat)
        defer { log.close() }
        let root = try Root.find(configuration)
        // Whatever can stop the start is tried before anything is made.
        let certificate = try certificate(configuration)
        let server = try listen(configuration, certificate, log)
        let metrics = try configuration.metricsPort.map { port throws(StartError) in
            try MetricsServer(port: port)
        }
        let previousSecret = try configuration.previousSecretFile.map {
            path throws(StartError) in try SecretFile.read(path, option: "--previous-secret-file")
        }
        let secretFile = try secretFile(configuration)
        if configuration.backupFolder != nil {
            try Database.expectFile(configuration.database, option: "--backup-folder")
        }
        let knownSecret = try SecretFile.readIfThere(secretFile)
        let storage = try Database.open(configuration)
        defer { storage.close() }
        var settings = configuration.application
        settings.isHTTPS = certificate != nil
        settings.countsRequests = metrics != nil
        settings.bootstrap = Root.bootstrap(in: root) ?? settings.bootstrap
        let application = try Application(
            settings, storage: storage, root: root,
            secret: try knownSecret ?? SecretFile.make(secretFile), previousSecret: previousSecret, log: log,
            clock: { Int64(time(nil)) })
        let backups = try configuration.backupFolder.map { folder in
            try ScheduledBackups(
                of: configuration.database, in: folder, every: configuration.backupEvery,
                keep: configuration.backupKeep, log: log)
        }
        try server.start(
            maximumBodySize: { application.maximumBodySize(of: $0) },
            errorResponse: { application.respond(to: $0) }, respond: { application.answer($0) })
        try metrics?.start { metrics in
            MetricsServer.append(server.reports(within: .seconds(1)), to: &metrics)
            application.appendMetrics(to: &metrics)
            guard let backups else { return }
            metrics.begin(
                .gauge, "expense_tracker_last_backup_timestamp_seconds",
                "When the last good backup was begun; 0 while there is none.")
            metrics.add("expense_tracker_last_backup_timestamp_seconds", backups.lastGoodTime)
        }
        let sweeps = try Sweeps(of: storage, log: log)
        application.setReady(true)
        let scheme = certificate == nil ? "http" : "https"
        Terminal.print(
            "Expense Tracker is listening on \(scheme)://\(address(configuration.host)):\(server.port)")
        supervisor?.ready(Environment.variable) {
            server.answers(within: .seconds(5)) && (try? storage.read { try $0.users.isEmpty() }) != nil
        }

        var signal = Signals.wait(for: signals)
        while signal == SIGHUP {
            supervisor?.reloading()
            reload(certificate, log)
            signal = Signals.wait(for: signals)
        }
        log.write(.info, "signal \(signal): finishing what is in flight, then stopping")
        // A second signal ends the program at once, as it does by default.
        Signals.unblock(endingSignals)
        supervisor?.stopping()
        application.setReady(false)
        backups?.stop()
        sweeps.stop()
        metrics?.stop()
        server.stop(within: patience)
    }

    private static func secretFile(_ configuration: Configuration) throws(StartError) -> String {
        try Database.expectKnown(configuration.database, option: "--database")
        if let file = configuration.secretFile { return file }
        guard !Storage.isAddress(configuration.database) else {
            throw StartError(
                "--secret-file: is missing; with a server each copy of the program needs the same key")
        }
        return configuration.database + ".secret"
    }

    private static func certificate(_ configuration: Configuration) throws(StartError) -> TLSConfiguration? {
        switch (configuration.certificate, configuration.certificateKey) {
        case (nil, nil): return nil
        case (.some, nil): throw StartError("--certificate: --certificate-key is missing")
        case (nil, .some): throw StartError("--certificate-key: --certificate is missing")
        case (let file?, let keyFile?):
            do {
                return try TLSConfiguration(file: file, keyFile: keyFile)
            } catch {
                throw StartError("\(error.file == .key ? "--certificate-key" : "--certificate"): \(error)")
            }
        }
    }

    private static func reload(_ certificate: TLSConfiguration?, _ log: Log) {
        guard let certificate else { return log.write(.info, "SIGHUP: there is nothing to read again") }
        do {
            try certificate.reload()
            log.write(.info, "the certificate has been read again")
        } catch {
            log.write(.error, "the certificate stays as it was: \(error)")
        }
    }

    private static func listen(
        _ configuration: Configuration, _ certificate: TLSConfiguration?, _ log: Log
    ) throws(StartError) -> Server {
        var settings = Server.Configuration()
        settings.host = configuration.host
        settings.port = configuration.port
        let proxies = Set(configuration.application.trustedProxies.compactMap(IPAddress.canonical))
        settings.isProxy = { proxies.contains($0) }
        settings.tls = certificate
        settings.inheritedSockets = Environment.inheritedSockets
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
