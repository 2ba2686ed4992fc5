import Crypto
import Expenses
import Glibc
import HTTP
import Platform
import Synchronization
import Web

/// The certificate that the server shows and its key: whatever is wrong with the files is told in words, and the log
/// tells which certificate is served and until when.
final class CertificateFiles: Sendable {
    private static let day: Int64 = 86_400
    /// From so many days before its end on a certificate is a warning: by then it should have been renewed.
    private static let fewDays: Int64 = 14

    let certificate: TLSConfiguration
    private let file: String
    private let keyFile: String
    private let served: Mutex<CertificateFile>

    /// Nil where no certificate is asked for.
    init?(_ configuration: Configuration) throws(StartError) {
        guard let file = configuration.certificate, let keyFile = configuration.certificateKey else {
            return nil
        }
        (self.file, self.keyFile) = (file, keyFile)
        served = Mutex(try Self.look(at: file, keyFile))
        do {
            certificate = try TLSConfiguration(file: file, keyFile: keyFile)
        } catch {
            throw StartError("\(error.file == .key ? "--certificate-key" : "--certificate"): \(error)")
        }
    }

    func appendMetrics(to metrics: inout MetricsText) {
        metrics.add(
            .gauge, "expense_tracker_certificate_expiry_timestamp_seconds",
            "Until when the certificate that is served is valid.", served.withLock { $0.end })
    }

    /// Reads both again, and tells the log what is served now.
    func reload(_ log: Log) {
        do {
            let new = try Self.look(at: file, keyFile)
            try certificate.reload()
            let isSame = served.withLock { served in
                defer { served = new }
                return served == new
            }
            if isSame {
                log.write(
                    .warning,
                    "the certificate was read again and is the same; one that systemd hands over with "
                        + "LoadCredential= is new only after a restart")
            }
            report(to: log)
        } catch {
            log.write(.error, "certificate not reloaded; the old one stays in use: \(error)")
        }
    }

    func report(to log: Log) {
        let (level, text) = Self.state(of: served.withLock { $0 }, at: Clock.unixSeconds)
        log.write(level, "certificate: \(text)")
    }

    /// What a person should know of it, and how much it matters.
    static func state(of file: CertificateFile, at now: Int64) -> (Log.Level, String) {
        let text = "serial \(file.serial), valid until \(date(file.end))"
        if now >= file.end {
            return (.error, "\(text), which is over: browsers refuse it; renew it, then reload the server")
        }
        if now < file.start {
            return (.error, "\(text), but only from \(date(file.start)) on: browsers refuse it until then")
        }
        let days = (file.end - now) / day
        return days < fewDays
            ? (.warning, "\(text), which is in \(days) days; renew it, then reload the server")
            : (.info, text)
    }

    private static func date(_ seconds: Int64) -> String {
        "\(Day(daysSinceEpoch: Int(seconds / day)) ?? .first)"
    }

    static func look(at file: String, _ keyFile: String) throws(StartError) -> CertificateFile {
        try FileAccess.expectReadable(file, option: "--certificate")
        try FileAccess.expectReadable(keyFile, option: "--certificate-key")
        do throws(CertificateFile.Problem) {
            return try CertificateFile(file, keyFile: keyFile)
        } catch {
            switch error {
            case .noCertificate:
                throw StartError("--certificate: \(file) holds no certificate in PEM")
            case .noKey:
                throw StartError(
                    "--certificate-key: \(keyFile) holds no key in PEM, or one with a passphrase; write one "
                        + "without with: openssl pkey -in \(keyFile) -out NEW")
            case .keyOfAnother:
                throw StartError("--certificate-key: \(keyFile) is not the key of the certificate in \(file)")
            }
        }
    }
}
