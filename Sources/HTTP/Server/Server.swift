import Glibc
package import Platform
import Synchronization

/// An HTTP/1.1 server: one event loop per thread, each with its own listening socket and its own connections.
package final class Server: Sendable {
    package struct Configuration: Sendable {
        /// IPv4 or IPv6 addresses, or names; the server listens on every address that a name has. `[::]` is every address of
        /// both families.
        package var hosts = ["127.0.0.1"]
        /// 0 lets the system choose one.
        package var port = 0
        /// Sockets that listen already, beside those of the hosts.
        package var inheritedSockets: [Int32] = []
        /// Event loops, one thread each.
        package var threads = 1
        package var limits = Limits()
        /// Nil: connections are not encrypted.
        package var tls: TLSConfiguration?
        /// Whether an address, as text, is that of a proxy, which stands for many clients: its share of each limit is all
        /// of it.
        package var isProxy: @Sendable (String) -> Bool = { _ in false }
        /// Gets a line for what an operator should know. Called from the loops' threads.
        package var onLog: @Sendable (String) -> Void = { _ in }

        package init() {}
    }

    private enum State {
        case ready
        case running([Thread])
        case stopped
    }

    private let loops: [EventLoop]
    /// Those of each loop.
    private let listeners: [[LinuxListener]]
    private let configuration: Configuration
    private let state = Mutex(State.ready)

    /// The one really bound.
    package let port: Int

    /// Listens, but accepts nothing before `start`: who connects meanwhile waits in the kernel's queue. Throws when the
    /// host is not known or the port is taken.
    package init(_ configuration: Configuration) throws(SystemError) {
        let inherited = configuration.inheritedSockets
        let addresses = try Self.addresses(configuration)
        var port = configuration.port
        var loops: [EventLoop] = []
        var listeners: [[LinuxListener]] = []
        for _ in 0..<max(1, configuration.threads) {
            loops.append(EventLoop(try LinuxNetwork()))
            var ofLoop: [LinuxListener] = []
            for socket in inherited {
                let listener = try LinuxListener(
                    sharing: socket, tls: configuration.tls, isProxy: configuration.isProxy)
                if listener.address.port != 0 { port = listener.address.port }
                ofLoop.append(listener)
            }
            for var address in addresses {
                address.port = port
                let listener = try LinuxListener(
                    on: address, tls: configuration.tls, isProxy: configuration.isProxy)
                port = listener.address.port
                ofLoop.append(listener)
            }
            listeners.append(ofLoop)
        }
        self.configuration = configuration
        self.loops = loops
        self.listeners = listeners
        self.port = port
    }

    /// The addresses of the hosts that this machine has and that are free.
    private static func addresses(_ configuration: Configuration) throws(SystemError) -> [SocketAddress] {
        var all: [SocketAddress] = []
        for host in configuration.hosts {
            let addresses = try SocketAddress.resolve(host: host, port: configuration.port)
            var usable: [SocketAddress] = []
            for (number, address) in addresses.enumerated() {
                do throws(SystemError) {
                    try LinuxListener.expectFree(address)
                    usable.append(address)
                } catch {
                    // A name may stand for an address of a family that is switched off here.
                    let isOfNoUse = error.code == EADDRNOTAVAIL || error.code == EAFNOSUPPORT
                    let isLast = number == addresses.count - 1
                    guard isOfNoUse, !isLast || !usable.isEmpty else { throw error }
                }
            }
            all += usable
        }
        return all
    }

    /// Throws where the host is not known. May ask the name service, and so block.
    package static func resolve(_ host: String, port: Int) throws(SystemError) {
        _ = try SocketAddress.resolve(host: host, port: port)
    }

    /// Starts the threads and returns. Once only; `stop` has to follow, also where this throws.
    ///
    /// `respond` runs on an event loop: what blocks for long belongs on a `WorkerPool`. `errorResponse` answers what
    /// could not be read as a request. `bodyTerms` says what becomes of a body that is larger than `Limits.body`, or may
    /// be; what it throws is answered at once; without it, such a body is refused. It is called on the event loop with a request whose body has not arrived.
    package func start(
        bodyTerms: (@Sendable (Request) throws(RequestError) -> BodyTerms)? = nil,
        errorResponse: @escaping @Sendable (RequestError) -> Response = {
            .text($0.status, $0.reason + "\n")
        },
        respond: @escaping @Sendable (Request) -> Answer
    ) throws(SystemError) {
        Signals.ignoreBrokenPipes()
        let largestBody = configuration.limits.body
        let connections = configuration.limits.connections ?? Limits.connections(of: DescriptorLimit.raised())
        let service = Service(
            configuration.limits, capacity: connections, log: configuration.onLog,
            bodyTerms: bodyTerms ?? { _ in .memory(upTo: largestBody) }, errorResponse: errorResponse,
            respond: respond)
        for (loop, listeners) in zip(loops, listeners) {
            for listener in listeners {
                try loop.accept(from: listener, for: service, capacity: max(1, connections / loops.count))
            }
        }
        try state.withLock { state throws(SystemError) in
            guard case .ready = state else { preconditionFailure("a server starts once") }
            var threads: [Thread] = []
            // What has been started has to be stopped, also where the next thread cannot be.
            defer { state = .running(threads) }
            for (index, loop) in loops.enumerated() {
                threads.append(try Thread(name: "http \(index)") { loop.run() })
            }
        }
    }

    /// What an event loop says of itself.
    package struct LoopReport: Sendable {
        /// Which one, from 0.
        package let loop: Int
        /// Connections by what they do: idle, receiving, answering, sending, lingering.
        package let connections: [String: Int]
        /// Microseconds that it took to get to the question.
        package let lag: Int64
    }

    /// A report of each loop, in their order; of fewer, where some do not take their turn within that time. Blocks until
    /// then.
    package func reports(within limit: Duration) -> [LoopReport] {
        let answered = Platform.Semaphore()
        let reports = SharedReports()
        let start = Clock.microseconds
        for (index, loop) in loops.enumerated() {
            loop.ask { loop in
                let counts = loop.activities.map { ($0.key.rawValue, $0.value) }
                let connections = Dictionary(
                    Connection.Activity.allCases.map { ($0.rawValue, 0) } + counts, uniquingKeysWith: +)
                let report = LoopReport(
                    loop: index, connections: connections, lag: Clock.microseconds - start)
                reports.all.withLock { $0.append(report) }
                answered.signal()
            }
        }
        let end = start + limit.milliseconds * 1000
        for _ in loops where !answered.wait(upTo: .microseconds(max(0, end - Clock.microseconds))) { break }
        return reports.all.withLock { $0 }.sorted { $0.loop < $1.loop }
    }

    /// A loop may answer when nobody waits any more.
    private final class SharedReports: Sendable {
        let all = Mutex<[LoopReport]>([])
    }

    /// Whether every event loop takes its turn within that time. Blocks for as long.
    package func answers(within limit: Duration) -> Bool {
        reports(within: limit).count == loops.count
    }

    /// Stops gracefully: takes no more connections, answers the requests that have begun, and returns when all
    /// threads have ended. After `limit` it cuts what is left.
    package func stop(within limit: Duration) {
        let threads: [Thread] = state.withLock { state in
            defer { state = .stopped }
            guard case .running(let threads) = state else { return [] }
            return threads
        }
        if threads.isEmpty { return }
        for loop in loops { loop.stop(farewell: configuration.limits.farewellTime, within: limit) }
        for thread in threads { thread.join() }
    }
}
