/// Takes a listener's connections and starts a task for each, on one event loop.
struct Acceptor: Sendable {
    /// Before accepting is tried again when the machine has nothing left to accept with. A connection that ends in the
    /// meantime makes room; whoever waits, waits in the kernel's queue.
    private static let pauseWhenExhausted: Int64 = 50

    /// Connections accepted before those that are there have their turn.
    private static let turn = 64

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
        loop.parking.attend(with: watch)
        await withDiscardingTaskGroup { group in
            var acceptedInTurn = 0
            var isExhausted = false
            var isOpen = true
            while !Task.isCancelled {
                for _ in 0..<loop.parking.readyCount {
                    group.addTask(executorPreference: loop) {
                        if let connection = loop.parking.takeReady() { await serve(connection) }
                    }
                }
                guard isOpen else {
                    // A parked connection may still have a request on its way.
                    if loop.parking.count == 0 { return }
                    _ = await watch.wait(for: .nothing, until: .max)
                    continue
                }
                if loop.watchCount >= capacity { await makeRoom(watch) }
                switch listener.accept() {
                case .connection(let socket, let peer):
                    group.addTask(executorPreference: loop) { await serve(socket, peer) }
                    isExhausted = false
                    acceptedInTurn += 1
                    if acceptedInTurn % Self.turn == 0 { await loop.yield() }
                case .nothingWaiting:
                    watch.exhausted(.reading)
                    // What had reached the queue before the stop has been accepted.
                    if loop.stop != nil {
                        listener.close()
                        isOpen = false
                    } else {
                        _ = await watch.wait(for: .reading, until: .max, endingAt: .stop)
                    }
                case .exhausted:
                    if !isExhausted {
                        service.log("No descriptor or memory is left for another connection.")
                    }
                    isExhausted = true
                    await makeRoom(watch)
                }
            }
            listener.close()
        }
    }

    private func serve(_ socket: Int32, _ peer: String) async {
        do {
            await serve(try Connection(owning: socket, peer: peer, loop: loop, service: service))
        } catch {
            service.log("A connection was refused: \(error)")
        }
    }

    private func serve(_ connection: Connection) async {
        guard let deadline = await connection.serve() else { return }
        loop.parking.park(connection, until: deadline)
    }

    /// Has the connections closed that have been idle the longest, or gives the others time to end.
    private func makeRoom(_ watch: Watch) async {
        if loop.endOldestIdle() {
            await loop.yield()
        } else {
            _ = await watch.wait(for: .nothing, until: loop.now + Self.pauseWhenExhausted)
        }
    }
}
