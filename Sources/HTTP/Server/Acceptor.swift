/// Takes a listener's connections and starts a task for each, on one event loop.
struct Acceptor: Sendable {
    /// Before accepting is tried again when the machine has nothing left to accept with. A connection that ends in the
    /// meantime makes room; whoever waits, waits in the kernel's queue.
    private static let pauseWhenExhausted: Int64 = 50

    let listener: Listener
    let loop: EventLoop
    let service: Service
    /// Descriptors that the loop may watch.
    let capacity: Int

    /// Ends after a stop, when the last of its connections has ended.
    func run() async {
        let watch: Watch
        do {
            watch = try loop.watch(listener.number)
        } catch {
            return service.log("The server cannot listen: \(error)")
        }
        defer { loop.unwatch(watch) }
        await withDiscardingTaskGroup { group in
            while !Task.isCancelled {
                if loop.watchCount >= capacity { await makeRoom(watch) }
                switch listener.accept() {
                case .connection(let socket, let peer):
                    group.addTask(executorPreference: loop) { await serve(socket, peer) }
                case .nothingWaiting:
                    watch.exhausted(.reading)
                    // What had reached the queue before the stop has been accepted.
                    if loop.stop != nil { return listener.close() }
                    _ = await watch.wait(for: .reading, until: .max, endingAt: .stop)
                case .exhausted:
                    service.log("No descriptors or memory are left for another connection.")
                    await makeRoom(watch)
                }
            }
            listener.close()
        }
    }

    private func serve(_ socket: Int32, _ peer: String) async {
        do {
            try await Connection(owning: socket, peer: peer, loop: loop, service: service).serve()
        } catch {
            service.log("A connection was refused: \(error)")
        }
    }

    /// Has idle connections closed, the oldest first, and gives them the time.
    private func makeRoom(_ watch: Watch) async {
        _ = loop.endOldestIdle()
        _ = await watch.wait(for: .nothing, until: loop.now + Self.pauseWhenExhausted)
    }
}
