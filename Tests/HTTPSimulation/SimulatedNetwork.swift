import HTTP
import Platform

/// One loop's network: its time is the world's, and its events are those that the world has decided on.
///
/// `@unchecked Sendable` is true because everything runs in one thread.
final class SimulatedNetwork: Network, @unchecked Sendable {
    private let world: World
    private let index: Int
    /// The client, or nil for the listener, behind each descriptor.
    private var watched: [(token: UInt64, client: Int?)] = []
    private var events: [NetworkEvent] = []
    private var isWoken = false
    /// Until when the loop sleeps, in microseconds; nil while it does not.
    private(set) var sleepsUntil: Int64?

    init(_ index: Int, in world: World) {
        self.index = index
        self.world = world
    }

    var microseconds: Int64 {
        world.countCall()
        return world.now
    }
    var unixSeconds: Int64 { 1_800_000_000 + world.now / 1_000_000 }
    var isOwnThread: Bool { world.runningLoop == index }

    func enterThread() {}

    func watch(_ descriptor: Int32, token: UInt64) throws(SystemError) {
        world.countCall()
        watched.append((token, world.client(of: descriptor)))
    }

    func forget(_ client: Int) {
        watched.removeAll { $0.client == client }
    }

    func wakeUp() { isWoken = true }

    /// Whether the loop would be woken now.
    var hasEvents: Bool {
        if isWoken { return true }
        guard let time = sleepsUntil else { return true }
        if world.now >= time { return true }
        return watched.contains { world.hasEvent($0.client, loop: index) }
    }

    func wait(timeout: Int64?) -> Int {
        world.countCall()
        events.removeAll(keepingCapacity: true)
        for (token, client) in watched {
            if let event = world.takeEvent(client, loop: index, token: token) { events.append(event) }
        }
        if isWoken {
            isWoken = false
            let event = NetworkEvent(token: NetworkEvent.wakeUp, isReadable: true, isWritable: true)
            events.insert(event, at: world.now % 2000 == 0 ? 0 : events.count)
        }
        // With nothing to tell, the loop goes to sleep: this call returns at once all the same, and the next one is the one
        // that the loop is woken in.
        let wasAsleep = sleepsUntil != nil
        sleepsUntil =
            events.isEmpty && timeout != 0 && !wasAsleep ? timeout.map { world.now + $0 * 1000 } ?? .max : nil
        return events.count
    }

    func event(_ index: Int) -> NetworkEvent { events[index] }
}

/// A listener of one loop.
final class SimulatedListener: Listener {
    let descriptor: Int32
    private let world: World
    private let loop: Int

    var isInherited: Bool { false }

    init(_ loop: Int, in world: World) {
        self.loop = loop
        descriptor = World.listenerDescriptor
        self.world = world
    }

    func accept() -> Accepted { world.accept(loop) }

    func close() { world.closeListener(loop) }
}
