import Foundation
import Synchronization

/// Clients that ask for a page over and over, each request on a connection of its own.
final class Load: Sendable {
    private struct State {
        var isOver = false
        var answered = 0
        var failures: [String] = []
    }

    private let state = Mutex(State())
    private let ended = DispatchSemaphore(value: 0)
    private let clients: Int

    init(port: Int, clients: Int) {
        self.clients = clients
        for _ in 0..<clients {
            Thread.detachNewThread {
                while !self.state.withLock({ $0.isOver }) { self.ask(port) }
                self.ended.signal()
            }
        }
    }

    private func ask(_ port: Int) {
        do {
            let answer = try Client.get("/login", port: port)
            let isWhole = answer.hasPrefix("HTTP/1.1 200 ") && answer.hasSuffix("</html>\n")
            state.withLock { state in
                if isWhole {
                    state.answered += 1
                } else {
                    state.failures.append("answered: \(answer.prefix(200))")
                }
            }
        } catch {
            state.withLock { $0.failures.append("\(error)") }
        }
    }

    /// Returns when all clients have ended.
    func stop() -> (answered: Int, failures: [String]) {
        state.withLock { $0.isOver = true }
        for _ in 0..<clients { ended.wait() }
        return state.withLock { ($0.answered, $0.failures) }
    }
}
