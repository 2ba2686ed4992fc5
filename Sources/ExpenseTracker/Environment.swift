import Glibc

enum Environment {
    /// A variable that is set, and not empty.
    static func variable(_ name: String) -> String? {
        // getenv's text stays valid: nothing in this program changes the environment.
        guard let value = unsafe getenv(name) else { return nil }
        let text = unsafe String(cString: value)
        return text.isEmpty ? nil : text
    }

    /// The variables that mean anything to us.
    static var variables: [String: String] {
        var variables: [String: String] = [:]
        for setting in Setting.all {
            guard let value = variable(setting.variable) else { continue }
            variables[setting.variable] = value
        }
        return variables
    }

    /// Sockets that systemd listens on and hands over (sd_listen_fds(3)).
    static var inheritedSockets: [Int32] {
        guard variable("LISTEN_PID") == String(getpid()),
            let count = variable("LISTEN_FDS").flatMap({ Int32($0) }), (1...64).contains(count)
        else { return [] }
        return (3..<(3 + count)).map { $0 }
    }
}
