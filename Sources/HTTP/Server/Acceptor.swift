import Platform

/// Takes a listener's connections for one event loop.
///
/// `@unchecked Sendable` is true because it is made before its loop runs, and used on the loop's thread from then on.
final class Acceptor: @unchecked Sendable {
    /// Milliseconds before accepting is tried again when accept(2) fails with EMFILE or ENFILE and no idle connection
    /// can be closed. Who waits, waits in the kernel's queue.
    private static let pauseWhenExhausted: Int64 = 50
    /// Milliseconds between two lines of the log that say so.
    private static let pauseBetweenWarnings: Int64 = 60_000
    /// Connections accepted before those that are there have their turn.
    private static let turn = 64

    private let listener: Listener
    private let loop: EventLoop
    private let service: Service
    /// Connections that the loop may have.
    private let capacity: Int
    private var token: EventLoop.Token?
    /// In the loop's milliseconds, as `pauseEnd` is.
    private var nextWarning: Int64 = 0
    private var pauseEnd: Int64 = 0

    init(_ listener: Listener, loop: EventLoop, service: Service, capacity: Int) {
        self.listener = listener
        self.loop = loop
        self.service = service
        self.capacity = capacity
    }

    /// On the loop's thread, before anything else.
    func start() {
        do {
            token = try loop.add(self, listener.number)
        } catch {
            service.log("The server cannot listen: \(error)")
        }
    }

    /// Takes what waits in the kernel's queue, some at a time. After a stop, what had reached the queue is still accepted,
    /// and then the listener closes.
    func accept() {
        guard let token, loop.now >= pauseEnd else { return }
        // What waits is for those who go on listening.
        if loop.stop != nil, listener.isInherited { return end() }
        for _ in 0..<Self.turn {
            if loop.connectionCount >= capacity {
                guard loop.endOldestIdle() else { return pause(token) }
            }
            switch listener.accept() {
            case .connection(let socket, let peer):
                do {
                    try Connection.begin(owning: socket, peer: peer, loop: loop, service: service)
                } catch {
                    service.log("A connection was refused: \(error)")
                }
            case .nothingWaiting:
                if loop.stop != nil { end() }
                return
            case .exhausted:
                if loop.now >= nextWarning {
                    service.log("No descriptor or memory is left for another connection.")
                    nextWarning = loop.now + Self.pauseBetweenWarnings
                }
                guard loop.endOldestIdle() else { return pause(token) }
            case .failed(let error):
                service.log("The server accepts no more connections: \(error)")
                return end()
            }
        }
        // Edge-triggered, the kernel does not tell again of those that still wait.
        loop.acceptLater(self)
    }

    private func pause(_ token: EventLoop.Token) {
        pauseEnd = loop.now + Self.pauseWhenExhausted
        loop.setAlarm(for: token, at: pauseEnd)
    }

    /// Refuses connections from now on.
    func end() {
        guard let token else { return }
        listener.close()
        loop.remove(token)
        self.token = nil
    }
}
