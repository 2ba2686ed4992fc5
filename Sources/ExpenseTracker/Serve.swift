import Crypto
import Glibc
import HTTP
import Platform
import Storage
import Synchronization
import Web

/// The web server, until SIGTERM or SIGINT.
enum Serve {
    /// How long requests in flight may take after the signal.
    private static let stopLimit = Duration.seconds(10)
    private static let endingSignals = [SIGTERM, SIGINT]

    static func run(_ configuration: Configuration) throws {
        ProcessMetrics.begin()
        Memory.shareArenas()
        // Blocked before any thread starts, so that every thread inherits it and the main one alone waits for them.
        let supervisor = Supervisor(Environment.variable)
        // Without a certificate there is nothing to read again, and a terminal that is closed ends the program.
        let signals = endingSignals + (configuration.certificate != nil || supervisor != nil ? [SIGHUP] : [])
        Signals.block(signals)
        let log = Log(
            level: configuration.logLevel, format: configuration.logFormat,
            beginning: Environment.isJournal ? .priority : .time)
        defer { log.close() }
        let root = try Root.find(configuration)
        // Whatever can stop the start is tried before anything is made.
        let certificate = try CertificateFiles(configuration)
        let previousSecret = try configuration.previousSecretFile.map {
            path throws(StartError) in try SecretFile.read(path, option: "--previous-secret-file")
        }
        let secretFile = try secretFile(configuration)
        if let folder = configuration.backupFolder {
            try Database.expectFile(configuration.database, option: "--backup-folder")
            try ScheduledBackups.expectUsable(folder)
        }
        let knownSecret = try SecretFile.readIfThere(secretFile)
        if knownSecret == nil, configuration.secretFile != nil {
            try FileAccess.expectFolder(of: secretFile, option: "--secret-file")
        }
        var unixSockets: [UnixSocket] = []
        defer { for socket in unixSockets { socket.remove() } }
        // Those that systemd hands over are all there are.
        for path in unixPaths(configuration) { unixSockets.append(try UnixSocket(listeningAt: path)) }
        let server = try listen(configuration, certificate, unixSockets, log)
        let metrics = try configuration.metricsPort.map { port throws(StartError) in
            try MetricsServer(port: port)
        }
        supervisor?.starting()
        let watch = DatabaseWatch(log: log) { supervisor?.show($0) }
        let storage = try Database.open(
            configuration, report: { log.write(.warning, "\($0)") }, onUnreachable: { watch.note($0) })
        defer { storage.close() }
        let secret = try knownSecret ?? newSecret(secretFile, storage, log)
        var settings = configuration.application
        settings.isHTTPS = certificate != nil
        settings.countsRequests = metrics != nil
        settings.requestIDPrefix = requestIDPrefix()
        settings.bootstrap = Root.bootstrap(in: root) ?? settings.bootstrap
        settings.temporaryFolder =
            Storage.isAddress(configuration.database) ? Environment.variable("TMPDIR") : nil
        let application = try Application(
            settings, storage: storage, root: root, secret: secret, previousSecret: previousSecret, log: log,
            clock: { Int64(time(nil)) })
        let backups = try configuration.backupFolder.map { folder in
            try ScheduledBackups.makeFolder(folder)
            return try ScheduledBackups(
                of: configuration.database, in: folder, every: configuration.backupEvery,
                keep: configuration.backupKeep, log: log)
        }
        try server.start(
            bodyTerms: { request throws(RequestError) in try application.bodyTerms(of: request) },
            errorResponse: { application.respond(to: $0) }, respond: { application.answer($0) })
        // After the first requests can be answered: it takes longer than all else of the start.
        do { try application.checkPages() } catch {
            server.stop(within: .seconds(1))
            throw error
        }
        let disks = [configuration.database, configuration.backupFolder].compactMap(\.self)
            .filter { !Storage.isAddress($0) }
        try metrics?.start { metrics in
            MetricsServer.append(server.reports(within: .seconds(1)), to: &metrics)
            application.appendMetrics(to: &metrics)
            metrics.add(
                .gauge, "expense_tracker_database_up",
                "1 while the database takes writes, 0 while it does not.", watch.isUp ? 1 : 0)
            MetricsServer.appendFreeSpace(of: disks, to: &metrics)
            backups?.appendMetrics(to: &metrics)
            certificate?.appendMetrics(to: &metrics)
        }
        let threads = [
            try Sweeps.start(of: storage, log: log), try watch.start(storage), try backups?.start(),
        ].compactMap(\.self)
        application.setReady(true)
        certificate?.report(to: log)
        announce(configuration, server, isHTTPS: certificate != nil, log)
        // A database that does not answer is no reason to end the program: it is there again before a new one would be.
        supervisor?.ready(Environment.variable, status: watch.status) { server.answers(within: .seconds(5)) }

        var signal = Signals.wait(for: signals)
        while signal == SIGHUP {
            supervisor?.reloading()
            if let certificate {
                certificate.reload(log)
            } else {
                log.write(.info, "SIGHUP: there is nothing to read again")
            }
            signal = Signals.wait(for: signals)
        }
        log.write(.info, "signal \(signal): finishing what is in flight, then stopping")
        // A second signal ends the program at once, as it does by default.
        Signals.unblock(endingSignals)
        supervisor?.stopping()
        application.setReady(false)
        for thread in threads { thread.end() }
        for socket in unixSockets { socket.remove() }
        // Requests in flight have their time now, not after a sweep that waits for the database.
        server.stop(within: stopLimit)
        for thread in threads { thread.join() }
        metrics?.stop()
    }

    /// Where the key is or will be. A server's has to be named.
    static func secretFile(_ configuration: Configuration) throws(StartError) -> String {
        try Database.expectKnown(configuration.database, option: "--database")
        if let file = configuration.secretFile { return file }
        guard !Storage.isAddress(configuration.database) else {
            throw StartError(
                "--secret-file: is missing; with a server each copy of the program needs the same key")
        }
        return configuration.database + ".secret"
    }

    /// A key where there is none yet. Copies of the program that share a server would refuse each other's log-ins with one
    /// of their own.
    private static func newSecret(
        _ path: String, _ storage: Storage, _ log: Log
    ) throws -> [UInt8] {
        let isShared = Storage.isAddress(storage.path)
        let isNew = try? storage.read { try $0.users.isEmpty() }
        guard isNew == true || !isShared else {
            let reason =
                isNew == nil ? "the database cannot be asked whether it is new" : "the database has users"
            throw StartError(
                "--secret-file: there is no file \(path), and \(reason); copy there the key that the other copies "
                    + "of the program have, or make one: (umask 077; head -c 32 /dev/urandom > \(path))")
        }
        let secret = try SecretFile.make(path)
        if isShared {
            log.write(
                .warning,
                "made the key \(path): every other copy of the program on this database needs that file")
        } else if isNew != true {
            log.write(.warning, "made the key \(path), as there was none: everybody has to log in again")
        }
        return secret
    }

    /// Six random letters and digits, the same for all requests until the next start.
    private static func requestIDPrefix() -> String {
        let alphabet = Array("0123456789abcdefghijklmnopqrstuvwxyz")
        return String(SecureRandom.bytes(6).map { alphabet[Int($0) % alphabet.count] }) + "-"
    }

    private static func listen(
        _ configuration: Configuration, _ certificate: CertificateFiles?, _ unixSockets: [UnixSocket],
        _ log: Log
    ) throws(StartError) -> Server {
        var settings = Server.Configuration()
        settings.hosts = Environment.inheritedSockets.isEmpty ? hosts(configuration) : []
        settings.port = configuration.port
        let proxies = configuration.application.trustedProxies
        settings.isProxy = { peer in proxies.contains { $0.contains(peer) } }
        settings.tls = certificate?.certificate
        settings.inheritedSockets = Environment.inheritedSockets + unixSockets.map(\.descriptor)
        settings.threads = configuration.threads ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        settings.onLog = { log.write(.warning, $0) }
        do {
            return try Server(settings)
        } catch {
            switch error.code {
            case EADDRINUSE:
                throw StartError(
                    "--port: \(configuration.port) is in use by another program; stop that one, or choose another "
                        + "port, or 0 for any that is free")
            case EACCES:
                throw StartError(
                    "--port: user \(UserName.own) may not listen on \(configuration.port); choose one from 1024 on, "
                        + "or have systemd open it with a socket unit")
            case EADDRNOTAVAIL:
                let host = error.detail.lastIndex(of: ":").map { error.detail[..<$0] } ?? ""
                throw StartError("--host: this machine has no address \(host)")
            default: throw StartError("--host \(hosts(configuration).joined(separator: ", ")): \(error)")
            }
        }
    }

    /// The one line on standard output.
    private static func announce(_ configuration: Configuration, _ server: Server, isHTTPS: Bool, _ log: Log)
    {
        let scheme = isHTTPS ? "https" : "http"
        let inherited = Environment.inheritedSockets.map(SocketName.of)
        let basePath = configuration.application.basePath.text
        let own =
            hosts(configuration).map { "\(scheme)://\(bracketed($0)):\(server.port)\(basePath)" }
            + unixPaths(configuration).map { "unix:\($0)" }
        let given = inherited.map { $0.hasPrefix("/") ? "unix:\($0)" : "\(scheme)://\($0)" }
        let addresses = (given.isEmpty ? own : given).joined(separator: ", ")
        Terminal.print("Expense Tracker is listening on \(addresses)")
        if !given.isEmpty { log.write(.info, "listening on \(addresses), which systemd has opened") }
    }

    /// An IPv6 address stands in brackets in a URL (RFC 3986 §3.2.2).
    private static func bracketed(_ host: String) -> String {
        host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
    }

    static func hosts(_ configuration: Configuration) -> [String] {
        configuration.hosts.isEmpty
            ? ["127.0.0.1"] : configuration.hosts.filter { UnixSocket.path(in: $0) == nil }
    }

    /// None where systemd hands sockets over.
    static func unixPaths(_ configuration: Configuration) -> [String] {
        Environment.inheritedSockets.isEmpty ? configuration.hosts.compactMap(UnixSocket.path) : []
    }
}
