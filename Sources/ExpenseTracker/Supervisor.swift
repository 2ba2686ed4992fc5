import Glibc
import Platform
import Synchronization

/// Tells systemd how the server is, where systemd wants to know (sd_notify(3)).
final class Supervisor: Sendable {
    /// `@…` is a name without a file.
    private let address: String
    private let isStopped = Atomic(false)
    private let wakeUp = Platform.Semaphore()
    private let watchdog = Mutex<Platform.Thread?>(nil)

    /// Nil where nobody has asked to be told: the variable NOTIFY_SOCKET is not set.
    init?(_ environment: (String) -> String?) {
        guard let address = environment("NOTIFY_SOCKET"), address.hasPrefix("/") || address.hasPrefix("@"),
            address.utf8.count < 108
        else { return nil }
        self.address = address
    }

    /// The server listens. Where systemd watches it (WATCHDOG_USEC), it is told every third of the time allowed that the
    /// server works, by `isAlive`, which may block.
    func ready(_ environment: (String) -> String?, isAlive: @escaping @Sendable () -> Bool) {
        send("READY=1\nSTATUS=Serving")
        guard let microseconds = environment("WATCHDOG_USEC").flatMap({ Int64($0) }), microseconds > 0,
            environment("WATCHDOG_PID").map({ $0 == String(getpid()) }) ?? true
        else { return }
        let pause = Duration.microseconds(microseconds / 3)
        let thread = try? Platform.Thread(name: "watchdog") {
            while !self.isStopped.load(ordering: .acquiring) {
                if isAlive() { self.send("WATCHDOG=1") }
                self.wakeUp.wait(upTo: pause)
            }
        }
        watchdog.withLock { $0 = thread }
    }

    func reloading() {
        // The time, so that systemd can tell this reload from an earlier one.
        send("RELOADING=1\nMONOTONIC_USEC=\(Clock.microseconds)")
        send("READY=1")
    }

    func stopping() {
        send("STOPPING=1\nSTATUS=Finishing what is in flight")
        isStopped.store(true, ordering: .releasing)
        wakeUp.signal()
        watchdog.withLock { $0.take() }?.join()
    }

    /// One datagram. Whoever asked to be told and does not listen is no reason to stop.
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
