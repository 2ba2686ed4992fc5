import Glibc
import Platform
import Synchronization

/// Tells systemd how the server is, where systemd wants to know (sd_notify(3)).
final class Supervisor: Sendable {
    /// `@…` is a name without a file.
    private let address: String
    /// Tells systemd something again and again.
    private let repetition = Mutex<LastingThread?>(nil)

    /// Nil where nobody has asked to be told: the variable NOTIFY_SOCKET is not set.
    init?(_ environment: (String) -> String?) {
        guard let address = environment("NOTIFY_SOCKET"), address.hasPrefix("/") || address.hasPrefix("@"),
            address.utf8.count < 108
        else { return nil }
        self.address = address
    }

    /// The start may take longer than systemd waits for it, because the schema of a large database changes.
    func starting() {
        repeatedly(every: .seconds(10)) {
            self.send("EXTEND_TIMEOUT_USEC=60000000\nSTATUS=Opening the database")
        }
    }

    /// The server listens. Where systemd watches it (WATCHDOG_USEC), it is told every third of the time allowed that the
    /// server works, by `isAlive`, which may block. `status` is what `systemctl status` shows.
    func ready(_ environment: (String) -> String?, status: String, isAlive: @escaping @Sendable () -> Bool) {
        endRepetition()
        send("READY=1\nSTATUS=\(status)")
        guard let microseconds = environment("WATCHDOG_USEC").flatMap({ Int64($0) }), microseconds > 0,
            environment("WATCHDOG_PID").map({ $0 == String(getpid()) }) ?? true
        else { return }
        repeatedly(every: .microseconds(microseconds / 3)) {
            if isAlive() { self.send("WATCHDOG=1") }
        }
    }

    /// What `systemctl status` shows.
    func show(_ status: String) { send("STATUS=\(status)") }

    func reloading() {
        // The time, so that systemd can tell this reload from an earlier one.
        send("RELOADING=1\nMONOTONIC_USEC=\(Clock.microseconds)")
        send("READY=1")
    }

    func stopping() {
        send("STOPPING=1\nSTATUS=Finishing what is in flight")
        endRepetition()
    }

    private func repeatedly(every pause: Duration, _ body: @escaping @Sendable () -> Void) {
        let thread = try? LastingThread(name: "watchdog") { thread in
            while !thread.isEnding {
                body()
                thread.pause(upTo: pause)
            }
        }
        repetition.withLock { $0 = thread }
    }

    private func endRepetition() { repetition.withLock { $0.take() }?.join() }

    /// One datagram. Errors are ignored: a missing systemd socket must not stop the server.
    private func send(_ text: String) {
        let socket = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { return }
        defer { close(socket) }
        var place = sockaddr_un()
        place.sun_family = sa_family_t(AF_UNIX)
        var name = Array(address.utf8)
        if name[0] == UInt8(ascii: "@") { name[0] = 0 }
        // A name without a file has no NUL at its end: the length says where it ends.
        unsafe withUnsafeMutableBytes(of: &place.sun_path) { unsafe $0.copyBytes(from: name) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
        let message = Array(text.utf8)
        _ = unsafe withUnsafePointer(to: &place) { place in
            unsafe place.withMemoryRebound(to: sockaddr.self, capacity: 1) { place in
                unsafe sendto(socket, message, message.count, Int32(MSG_NOSIGNAL), place, length)
            }
        }
    }
}
