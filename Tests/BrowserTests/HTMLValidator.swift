import Foundation
import Synchronization

/// The Nu Html Checker (validator.github.io), a Java program that the environment's `HTML_VALIDATOR` names.
enum HTMLValidator {
    private static let path = ProcessInfo.processInfo.environment["HTML_VALIDATOR"]

    struct Finding {
        var file: String
        var message: String
    }

    static let isTested: Bool = {
        if path != nil { return true }
        print("SKIPPED: HTML validation; HTML_VALIDATOR does not name a copy of vnu.jar")
        return false
    }()

    /// Errors in the folder's pages; warnings are about other browsers and do not count.
    static func errors(in folder: TemporaryFolder) throws -> [Finding] {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "java", "-jar", path ?? "vnu.jar", "--format", "json", "--errors-only", folder.url.path,
        ]
        process.standardError = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let report = try JSONDecoder().decode(JSON.self, from: data)
        return (report["messages"]?.array ?? []).compactMap { entry in
            let message = entry["message"]?.string ?? "\(entry)"
            guard !known.contains(message) else { return nil }
            let file = entry["url"]?.string?.split(separator: "/").last.map(String.init) ?? ""
            let extract = entry["extract"]?.string ?? ""
            return Finding(file: file, message: "\(message) in “\(extract)”")
        }
    }

    /// The checker's rules are older than SVG Accessibility API Mappings §5, by which a drawing may be a group.
    private static let known: Set<String> = ["Bad value “group” for attribute “role” on element “svg”."]
}

/// The markup of pages, each in a file, so that the validator starts once for all of them.
final class MarkupFolder: Sendable {
    private let folder: TemporaryFolder
    private let names = Mutex<[String]>([])

    init() throws { folder = try TemporaryFolder() }

    /// See `Browser.markup`.
    func keep(_ name: String, of browser: Browser, again: Bool) async throws {
        let page = try await browser.markup(again: again)
        let number = names.withLock { names in
            names.append(name)
            return names.count - 1
        }
        try Data(page).write(to: folder.url.appending(path: "\(number).html"))
    }

    /// "name of the page: what is wrong".
    func errors() throws -> [String] {
        let names = names.withLock { $0 }
        return try HTMLValidator.errors(in: folder).map { error in
            let number = error.file.prefix(while: \.isNumber)
            return "\(Int(number).map { names[$0] } ?? error.file): \(error.message)"
        }
    }
}
