import Foundation

/// Chromium with its driver, as Debian's packages `chromium` and `chromium-driver` install them.
final class Chromium: Sendable {
    private let driver: ChildProcess
    private let folder: TemporaryFolder
    let connection: DriverConnection

    /// Whether browser tests run: always where `CI` is `true`, so that there they fail rather than vanish.
    static let isTested: Bool = {
        if ProcessInfo.processInfo.environment["CI"] == "true" { return true }
        guard find("chromedriver") != nil, find("chromium") != nil else {
            print("SKIPPED: the browser tests need the packages chromium and chromium-driver")
            return false
        }
        return true
    }()

    /// Tries again where the driver ends at once: the port that it chooses may be taken before it listens.
    static func start() throws -> Chromium {
        for _ in 1...2 {
            if let chromium = try? startOnce() { return chromium }
        }
        return try startOnce()
    }

    private static func startOnce() throws -> Chromium {
        guard let path = find("chromedriver") else {
            throw BrowserError(action: "start the browser", reason: "chromedriver is not installed")
        }
        let folder = try TemporaryFolder()
        // The browser keeps its profile and caches where the test's folder is, so that they go with it.
        let driver = try ChildProcess(
            path, ["--port=0"],
            environment: [
                "TMPDIR": folder.url.path, "HOME": folder.url.path, "XDG_CONFIG_HOME": folder.url.path,
            ],
            log: folder.url.appending(path: "chromedriver.log"))
        let announced = driver.line(containing: "started successfully on port")
        let digits = announced?.split(separator: "port ").last?.prefix(while: \.isNumber)
        guard let digits, let port = UInt16(digits) else {
            let log =
                (try? String(contentsOf: folder.url.appending(path: "chromedriver.log"), encoding: .utf8))
                ?? ""
            throw BrowserError(action: "start the browser", reason: "chromedriver ended at once: \(log)")
        }
        return Chromium(driver: driver, folder: folder, connection: DriverConnection(port: port))
    }

    private init(driver: ChildProcess, folder: TemporaryFolder, connection: DriverConnection) {
        self.driver = driver
        self.folder = folder
        self.connection = connection
    }

    /// The driver takes no notice of SIGTERM while a window is open, so it is asked, then made, to end.
    func stop() async {
        _ = try? await connection.exchange("GET", "/shutdown", [], "stop the browser")
        await driver.kill()
    }

    private static func find(_ name: String) -> String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
        return folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
