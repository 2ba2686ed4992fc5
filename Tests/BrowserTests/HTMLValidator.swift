import Foundation

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
