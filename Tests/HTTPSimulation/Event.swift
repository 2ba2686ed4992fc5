/// What happens next in a simulation. Clients, loops and handlers are named by numbers; an event that makes no sense (its
/// client has gone, say) does nothing, so that any part of a list of events can be left out.
package enum Event: Hashable, Sendable {
    /// A client, which later events name by its number, connects to that loop from one of a few networks.
    case connect(client: Int, loop: Int, network: Int, isTLS: Bool)
    /// A client decides to send a request; `deliver` sends its bytes.
    case request(client: Int, RequestPlan)
    /// The same for many small requests at once.
    case flood(client: Int, requests: Int)
    case deliver(client: Int, bytes: Int)
    /// A client sends no more.
    case finish(client: Int)
    case reset(client: Int)
    /// A client reads.
    case take(client: Int, bytes: Int)
    /// The kernel takes only so many bytes of the next call that sends.
    case shortSend(client: Int, bytes: Int)
    case failSend(client: Int)
    case failReceive(client: Int)
    /// TLS has to write before it can read, or the other way round, until `unblock`.
    case block(client: Int, isReading: Bool)
    case unblock(client: Int)
    /// A handler that waits goes on.
    case proceed(handler: Int)
    /// A loop has its turn.
    case turn(loop: Int)
    /// Milliseconds pass.
    case time(Int)
    /// So many calls of accept fail for lack of descriptors.
    case exhaust(Int)
    case stop
}

/// How a simulated server is set up.
package struct Scenario: Hashable, Sendable {
    package var loops = 1
    /// Connections that each loop may have.
    package var capacity = 1000
    package var connectionsPerClient = 1000
    /// Whether the budgets are so small that they run out.
    package var isShort = false
    /// Bytes that the kernel keeps of answers for a client.
    package var sendBuffer = 64 * 1024
    /// Networks that clients come from.
    package var networks = 4
    /// Whether some clients speak TLS.
    package var hasTLS = true

    package init() {}

    init(_ random: inout Random) {
        loops = 1 + random.below(3)
        if random.once(in: 3) { capacity = 2 + random.below(6) }
        if random.once(in: 3) { connectionsPerClient = 1 + random.below(4) }
        isShort = random.once(in: 4)
        sendBuffer = [512, 2048, 8192, 64 * 1024][random.below(4)]
        hasTLS = random.once(in: 2)
    }
}
