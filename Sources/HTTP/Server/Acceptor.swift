import Platform

/// Takes a listener's connections for one event loop, and belongs to its thread.
final class Acceptor {
    /// Milliseconds before accepting is tried again when accept(2) fails with EMFILE or ENFILE and no idle connection
    /// can be closed. Clients wait in the kernel's accept queue.
    private static let pauseWhenExhausted: Int64 = 50
    /// Milliseconds between two lines of the log that say so.
    private static let pauseBetweenWarnings: Int64 = 60_000
    /// Connections accepted before those that are there have their turn.
    private static let turn = 64

    private let listener: any Listener
    // The loop owns it.
    private unowned let loop: EventLoop
    private let service: Service
    /// Connections that the loop may have.
    private let capacity: Int
    /// In the loop's milliseconds, as `pauseEnd` is.
    private var nextWarning: Int64 = 0
    /// When to try again after a pause; .max where there is none.
    private(set) var pauseEnd = Int64.max
    private(set) var hasEnded = false

    init(_ listener: any Listener, loop: EventLoop, service: Service, capacity: Int) {
        self.listener = listener
        self.loop = loop
        self.service = service
        self.capacity = capacity
    }

    /// Takes what waits in the kernel's queue, some at a time. After a stop, what had reached the queue is still accepted,
    /// and then the listener closes.
    func accept() {
        guard !hasEnded, pauseEnd == .max || loop.now >= pauseEnd else { return }
        pauseEnd = .max
        // Leave the queue to the other processes that listen on this socket.
        if loop.stop != nil, listener.isInherited { return end() }
        for _ in 0..<Self.turn {
            if loop.connectionCount >= capacity {
                guard loop.endOldestIdle() else { return pause() }
            }
            switch listener.accept() {
            case .connection(let socket, let peer): begin(socket, peer)
            case .refused(let error): service.log("A connection was refused: \(error)")
            case .nothingWaiting:
                if loop.stop != nil { end() }
                return
            case .exhausted:
                if loop.now >= nextWarning {
                    service.log("No descriptor or memory is left for another connection.")
                    nextWarning = loop.now + Self.pauseBetweenWarnings
                }
                guard loop.endOldestIdle() else { return pause() }
            case .failed(let error):
                service.log("The server accepts no more connections: \(error)")
                return end()
            }
        }
        // Edge-triggered, the kernel does not tell again of those that still wait.
        loop.acceptLater(self)
    }

    private func begin(_ socket: any Socket, _ peer: Peer) {
        var place = Charge(service.connections, of: peer)
        // One client has all it may have: this connection is closed without an answer.
        guard place.set(1) else { return }
        do {
            try loop.add(socket, of: peer, place: place, for: service)
        } catch {
            service.log("A connection was refused: \(error)")
        }
    }

    private func pause() {
        pauseEnd = loop.now + Self.pauseWhenExhausted
    }

    /// Refuses connections from now on.
    func end() {
        if hasEnded { return }
        hasEnded = true
        pauseEnd = .max
        listener.close()
    }
}
