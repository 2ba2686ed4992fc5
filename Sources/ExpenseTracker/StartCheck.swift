import Glibc
import HTTP
import Platform
import Storage
import Web

/// Tries what the server needs before it starts, all of it, and changes nothing: `--check`.
enum StartCheck {
    static func run(_ configuration: Configuration) throws {
        var faults = 0
        func check(_ name: String, _ look: () throws -> String) {
            do {
                Terminal.print("\(name): \(try look())")
            } catch {
                faults += 1
                Terminal.report(error)
            }
        }
        check("pages") {
            let root = try Root.find(configuration)
            try Application.check(root: root, bootstrap: Root.bootstrap(in: root) ?? configuration.bootstrap)
            return root
        }
        check("addresses") {
            for path in Serve.unixPaths(configuration) { try UnixSocket.expectUsable(path) }
            let hosts = Environment.inheritedSockets.isEmpty ? Serve.hosts(configuration) : []
            for host in hosts { try Server.resolve(host, port: configuration.port) }
            return (hosts + Serve.unixPaths(configuration)).joined(separator: ", ")
        }
        if let file = configuration.certificate, let keyFile = configuration.certificateKey {
            check("certificate") {
                let found = try CertificateFiles.look(at: file, keyFile)
                let (level, text) = CertificateFiles.state(of: found, at: Clock.unixSeconds)
                // The server starts with it all the same; browsers refuse it.
                if level <= .error { Terminal.report(StartError("--certificate: \(text)")) }
                _ = try CertificateFiles(configuration)
                return text
            }
        }
        check("database") { try Database.look(configuration) }
        check("key") {
            let file = try Serve.secretFile(configuration)
            if let key = try SecretFile.readIfThere(file) { return "\(file), \(key.count) bytes" }
            try FileAccess.expectFolder(of: file, option: "--secret-file")
            return Storage.isAddress(configuration.database)
                ? "\(file) is not there; the start makes it where the database is new"
                : "\(file) is not there; the start makes it"
        }
        if let file = configuration.previousSecretFile {
            check("previous key") {
                "\(file), \(try SecretFile.read(file, option: "--previous-secret-file").count) bytes"
            }
        }
        if let folder = configuration.backupFolder {
            check("backups") {
                try Database.expectFile(configuration.database, option: "--backup-folder")
                try ScheduledBackups.expectUsable(folder)
                return folder
            }
        }
        guard faults == 0 else {
            throw StartError(
                faults == 1
                    ? "the server would not start; see above"
                    : "the server would not start: \(faults) faults, see above")
        }
        Terminal.print("The server would start.")
    }
}
