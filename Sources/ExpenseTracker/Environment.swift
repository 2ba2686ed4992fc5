import CLinux
import Glibc

enum Environment {
    /// A variable that is set, and not empty.
    static func variable(_ name: String) -> String? {
        // getenv's text stays valid: nothing in this program changes the environment.
        guard let value = unsafe getenv(name) else { return nil }
        let text = unsafe String(cString: value)
        return text.isEmpty ? nil : text
    }

    /// The variables that are meant for this program, known or not, and not empty.
    static var variables: [String: String] {
        var variables: [String: String] = [:]
        for name in names where name.hasPrefix(Setting.variablePrefix) { variables[name] = variable(name) }
        return variables
    }

    private static var names: [String] {
        var names: [String] = []
        var next = unsafe clinux_environ()
        while let entry = unsafe next?.pointee {
            let text = unsafe String(cString: entry)
            names.append(String(text.prefix { $0 != "=" }))
            unsafe next = next?.advanced(by: 1)
        }
        return names
    }

    /// Sockets that systemd listens on and hands over (sd_listen_fds(3)).
    static var inheritedSockets: [Int32] {
        guard variable("LISTEN_PID") == String(getpid()),
            let count = variable("LISTEN_FDS").flatMap({ Int32($0) }), (1...64).contains(count)
        else { return [] }
        return (3..<(3 + count)).map { $0 }
    }

    /// Whether standard error is read by systemd's journal (systemd.exec(5), `$JOURNAL_STREAM`).
    static var isJournal: Bool {
        var status = stat()
        guard let stream = variable("JOURNAL_STREAM"), unsafe fstat(STDERR_FILENO, &status) == 0 else {
            return false
        }
        return stream == "\(status.st_dev):\(status.st_ino)"
    }
}
